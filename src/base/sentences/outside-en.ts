/** Sentences about third parties, authorities and papers. */
export const outside = {
  "party.not_assessed":
    'No live impact assessment lets this purpose[ ({purpose})] be given to others (it must say "given to others" and name the sensitive fields chosen). Have one signed under Regime first.',
  "party.purpose_twice": "A purpose is entered once: put its fields together.",
  "party.dates": "The contract must end after it begins, and not in the past.",
  "party.nobody": "The person responsible must work in this community.",
  "party.own": "Nobody signs what they entered themselves. Ask another privacy officer.",
  "party.same_person": "The two signatures must be of two natural persons.",
  "party.decided": "This contract has been dealt with already. Load the page again.",
  "party.not_signed": "The privacy officer has not signed this contract: nothing may be given yet.",
  "party.not_begun": "This contract has not begun: nothing may be given yet.",
  "party.over":
    "This contract is over: nothing more may be given, and what was given must come back or be deleted.",
  "party.purpose_not_listed":
    "The contract does not list this purpose. Enter another contract if it is needed.",
  "party.field_not_listed": "Some fields go beyond what the contract lists. Take them out.",
  "party.kept_too_long":
    "The day until which it may be kept lies after today and not behind the end of the contract.",
  "sharing.leaves_as_file": "This leaves as a file or print: it is noted by itself when it is downloaded.",
  "sharing.left_before": "This has been noted already.",
  "sharing.not_left": "Nothing has been given yet: there is nothing to prove.",
  "sharing.day": "The day of return or deletion lies after it was given and not in the future.",
  "sharing.proof_waits": "A proof is waiting for a second person already.",
  "sharing.own_proof": "Another person must confirm the proof.",
  "sharing.archived": "This sharing has been dealt with already. Load the page again.",
  "paper.unknown": "Only photos (JPEG, PNG) or a PDF can be uploaded. Take or scan it again.",
  "authority.two_officers":
    "Two officers must come. Ask the other one to show their card, and note both names and card numbers.",
  "authority.cards":
    "A card number is missing or wrong. Ask both officers for their warrant or service cards.",
  "authority.document":
    "The number of the document is missing. Ask for the written request and copy its number.",
  "authority.ground": "The legal ground is missing. Choose the one that the document names.",
  "authority.paper": "The photo or PDF of the document is missing. Take a picture of the original first.",
  "authority.secret_day": "The day until which it is kept secret is today or later.",
  "authority.no_manager":
    "A manager must sign what goes to an authority, and the rules in force ask for none. Have the privacy officer change them.",
  "authority.not_handed":
    "The copy has not been handed out: make and download it before its receipt is kept.",
  "authority.receipted": "The receipt for this request has been kept already.",
} as const
