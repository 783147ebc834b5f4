/** What each refusal says in English: what happened, then what to do. A part in [brackets] is left out when its fact is missing. */

import type { RefusalCode } from "../refusal-codes.ts"
import { outside } from "./outside-en.ts"

export const en: Readonly<Record<RefusalCode, string>> = {
  "request.malformed": "The request is not in the expected form[ ({field})]; check it and send it again.",
  "request.too_large": "The request is too large[ (limit {limit})]; make it smaller and send it again.",
  "request.too_many": "Too many requests; wait a little[, {minutes} min,] and try again.",
  "request.foreign_origin":
    "This request did not come from a page of this system; go back to the system's own page and try again.",
  "thing.absent": "Nothing was found here; check the link or go back to the list.",
  "server.busy": "The server is busy; try again in a moment.",
  "server.sealed":
    "The server is sealed because its root key is not available; ask the system administrator to provide it.",
  "server.disk_full":
    "The disk is full and nothing was saved; ask the system administrator to free space, then try again.",
  "record.unreadable":
    "This record cannot be opened and was set aside untouched; ask the security administrator to look into it.",
  "seal.share_malformed": "This is not a key share, or it was mistyped; check it letter by letter.",
  "seal.share_foreign":
    "This share belongs to another split than those already given; use the newest shares.",
  "seal.share_twice":
    "This share, or one of yours, has been given already; the next one must come from another holder.",
  "seal.shares_wrong":
    "These shares do not make this installation's root key; they were forgotten: give all of them again.",
  "seal.no_shares": "The root key is not held in shares here; nothing was taken.",
  "backup.running": "A backup is being written already; wait until it is done.",
  "backup.folder_wrong":
    "The backup needs a folder that is not there yet, by its full path, inside one that is.",
  "backup.together": "This place holds a backup of the data. Keep the keyring's backup somewhere else.",
  "keys.filling": "The index is being made anew already; wait until it is done.",

  "mirror.down":
    "The second copy of the traces cannot be written, so no plain text is shown; masked pages go on. Ask the system administrator to check the mirror[ ({reason})].",
  "ledger.clock_back":
    "The server's clock is behind the newest trace[ (by {seconds} s, since {since})], so no plain text is shown; masked pages go on. Ask the system administrator to set the clock right: it comes back by itself.",
  "ledger.clock_wrong":
    "The server's clock differs from the time you gave[ by {seconds} s]; set it right first, then accept it.",
  "ledger.stopped":
    "The log of traces has stopped because it does not fit what was signed before[ ({reason})], so no plain text is shown; ask the system administrator to look at it now.",
  "receipt.pending": "This trace is not in the signed log yet; try again in a few seconds.",
  "trace.views_full":
    "You keep as many searches as one may[ ({limit})]; remove one of them, then save this one.",

  "session.none": "You are not signed in, or your session has ended; sign in again.",
  "session.code_needed":
    "A one-time code is needed as well; enter the six digits shown in your authenticator app.",
  "sign_in.wrong": "The login or the password is wrong; check both and try again.",
  "account.suspended": "Your account is suspended; turn to the privacy officer.",
  "sign_in.locked":
    "Too many failed attempts have locked this account for now; try again later[, in {minutes} min].",
  "password.change_first": "Your first password must be changed; change it, then go on.",
  "password.too_short": "The password is too short; choose a longer one[, at least {limit} characters].",
  "password.too_common": "This password is common and easy to guess; choose another.",
  "password.has_login": "The password contains your login; choose another.",
  "password.same": "The new password is the same as the old one; choose a different one.",
  "code.wrong":
    "The one-time code is wrong or has expired; enter the newest digits from your authenticator app.",
  "code.enrolled":
    "The second factor is in use already. To change the authenticator, have the privacy officer or a system admin reset your password first.",
  "code.enrol_first": "Your post requires one-time codes; set up an authenticator app, then go on.",
  "post.not_allowed": "Your post does not allow this; if your work needs it, ask your supervisor.",
  "post.exclusive":
    "This post cannot be held together with a post this person already has[ ({post})]; choose someone else or end that post first.",
  "login.taken": "This login is already in use; choose another.",
  "staff.last_officer":
    "This is the only privacy officer here who can sign in. Appoint another one first, or reset their password, which signs them out at once.",
  "staff.self": "You cannot change your own posts or account state; ask another authorised person to do it.",

  "setup.code_wrong": "The set-up code is wrong; use the one-time code the server showed when it started.",
  "setup.done": "The first set-up is already done; sign in instead.",
  "demonstration.exists":
    "The demonstration community already exists; use it, or remove it before making a new one.",
  "demonstration.none": "There is no demonstration community, so nothing needs removing.",

  "use.none": "Plain text needs an open order or a grant; register an order or apply first.",
  "use.ended": "This use has ended; register a new order or apply again.",
  "use.field_not_granted":
    "This use does not include that field[ ({field})]; apply for it if your work needs it.",
  "use.cap_reached":
    "You have seen as much as one person may in thirty days[ (limit {limit})]; hand this to a colleague or ask the privacy officer.",
  "watch.decided": "Somebody has decided on this finding already; reload to see it.",
  "watch.no_such_home": "The community has no such home; check the address and enter it again.",
  "use.mosaic_apply":
    "You have seen a good deal of this household in the last year; apply for this field, or hand it to a colleague.",
  "use.mosaic_reached":
    "You have seen as much of this household as one person may in a year; hand this to a colleague.",
  "use.mosaic_apart":
    "Nobody sees of one household both its movements and whether an elder lives alone or children live there; hand this to a colleague.",
  "use.shown_once":
    "This grant shows each field of each person once, and it has been shown; apply again if you still need it.",
  "application.field_forbidden":
    "This purpose may not use that field[ ({field})]; leave it out or choose the purpose that fits.",
  "application.form_reserved":
    "Here one applies to see on the screen; a list that leaves is applied for under “Exports”.",
  "application.too_long": "A use cannot last that long; ask for fewer hours[, at most {limit}].",
  "application.too_many": "Too many persons for one application; ask for fewer[, at most {limit}].",
  "application.nobody": "Nobody is registered there; choose a person or a home with residents.",
  "application.no_ground":
    "An application needs either an open order or the number of a written request: letters, figures and signs of a document number, no phone number.",
  "application.not_of_order":
    "The order is about another home; choose the persons of that home or another ground.",
  "application.own":
    "Nobody signs their own application, nor through a deputy or a second account; somebody else has to sign.",
  "application.signed_before":
    "You have signed another step of this application; this step is somebody else's.",
  "application.later_turn": "It is not your turn to sign yet[; the {post} signs first].",
  "application.not_granted":
    "Nothing has been granted yet, so there is nothing to revoke; if you are against it, refuse it when it is your turn to sign.",
  "application.decided": "This application is decided already or over; reload it to see how.",
  "application.timed_out":
    "The time to decide is over, so it counts as refused; the applicant can apply again.",
  "export.making": "The file is still being made; try again in a moment.",
  "export.taken":
    "This copy was downloaded already, and can be only once; apply again if it is still needed.",
  "export.expired": "The time of this copy is over and its file is gone; apply again if it is still needed.",
  "export.failed": "This copy could not be made; apply again and tell the administrator.",
  "export.made_before": "The copy of this application was made already; find it under “My exports”.",
  "export.password_shown": "The password is shown once, and it was; apply again if nobody noted it.",
  "export.count_changed": "The number of persons has just changed; count again, then apply.",
  "decoy.unclear":
    "No home or mobile number can be read from this; write “3栋1单元9901” and a number of 11 digits.",
  "decoy.real":
    "Somebody is registered here under this home or number; a decoy needs a home that does not exist and a number that the company owns.",
  "application.wider":
    "An approver can only narrow or shorten; take away fields, persons or hours, and leave at least one.",
  "duty.not_a_signer":
    "Both must work here: the one stood in for must hold the post, the deputy a post that signs. Choose others.",
  "order.closed": "This order is closed and cannot be changed; open a new order if something new came up.",
  "order.no_place": "The order names no home; choose a home and submit it again.",
  "order.no_phone": "The order has no contact phone; enter a phone number and submit it again.",
  "order.not_handler":
    "You do not handle this order; ask its handler, or ask the supervisor to assign it to you.",
  "order.field_forbidden":
    "This kind of order may not collect that field[ ({field})]; remove it and submit again.",
  "order.phone_invalid":
    "The phone or plate is not in a valid form[ ({field})]; check it and enter it again.",
  "text.personal_found":
    "The text holds personal details that do not belong there[ ({count})]; move them to their field, mask them, or keep them with a reason, then submit again.",
  "text.scan_running": "A scan of stored text is under way already; wait for its end, then start another.",
  "text.ruled_on": "This finding has been decided on already; reload to see how.",
  "text.unmovable":
    "What was found cannot move into a field of this order; mask it, or keep it with a reason.",
  "order.assignee_unknown":
    "This person cannot take orders here; choose someone who is on duty in this community.",

  "purge.changed":
    "What is held has changed since it was counted; reload the meter and draw the plan up again.",
  "purge.own": "A purge plan is signed by somebody other than whoever drew it up; ask the manager.",
  "purge.ended": "This plan has been handed over or withdrawn already; reload to see it.",

  "record.field_forbidden":
    "The regime does not let this purpose take that field; nothing was saved. Leave it out and send again.",

  "attempt.own": "Nobody rules on their own case; ask another supervisor or officer.",
  "attempt.ruled_on": "This case has been ruled on already; reload to see the ruling.",
  "attempt.with_officer": "This case went to the privacy officer, who rules on it.",
  "lesson.names_somebody":
    "A lesson holds no names of people and no numbers of theirs; put it so that it points at nobody.",
  "proposal.too_new": "In the first[ {limit}] days nobody proposes a new field[; you may from {date}].",
  "proposal.no_training":
    "You have no valid training on record, so you cannot propose a new field; finish the training and have the manager or privacy officer record it.",
  "training.own": "Nobody records their own training; ask somebody else who may.",
  "minor.by_order":
    "This person is under 14: no order opens their record. Apply for it: the guardian consents, the privacy officer approves, each thing is seen once.",
  "minor.no_consent":
    "This person is under 14 and their guardian has not consented to this purpose; record the guardian's consent first, then apply.",
  "minor.no_copy":
    "Everybody on this list is under 14; their data leaves in no copy. Apply for each of them by name instead.",
  "emergency.closed_kind":
    "Movements, identity numbers, health and children are closed: no emergency opens them, for nobody.",
  "emergency.field_not_open":
    "The regime does not let an emergency open this field; choose from those that are listed.",
  "emergency.nobody":
    "Nobody of this home can be looked up in an emergency; go there, or call whoever is on duty.",
  "emergency.running":
    "Another emergency of yours is still running, and only one home is opened at a time; hand it back first.",
  "emergency.over": "This emergency is over.",
  "emergency.not_over":
    "This emergency still runs; review it once it is handed back, stopped, or its time is over.",
  "emergency.own": "Nobody reviews their own emergency, by no other account either; two other people do.",
  "emergency.reviewed_before": "You have reviewed it; the second review is another person's.",
  "emergency.archived": "Two people have reviewed it; it is archived.",
  "emergency.told_before": "It is recorded already that the owner was told.",
  "visit.no_repairer": "The order is not with a repairer yet. Hand it on first, then make the link.",
  "visit.dead":
    "This link is dead: the order was closed or handed on, or its time is over. Ask the front desk.",
  "visit.other_device":
    "This link was opened on another phone and works on that one only. The attempt was recorded. With a new phone, ask the front desk for a new link.",
  "visit.call_instead":
    "This order is called through a number in between; the phone is not shown. Press Call.",
  "bridge.none": "There is no call bridge. Press Show phone.",
  "bridge.refused":
    "The call bridge did not take this call. Check the number of this phone, or ask the front desk to call.",
  "bridge.away": "The call bridge cannot be reached. Try again later, or ask the front desk to call.",
  "photo.unknown": "This is no whole JPEG or PNG. Take it again, or turn it into a JPEG on the phone.",
  "photo.too_many": "This order has enough photos[ (limit {limit})].",
  "consent.missing":
    "The person has not consented to this use; it stays hidden. You may ask them on their consent page, and no service depends on it.",
  "consent.withdrawn":
    "The person has withdrawn their consent to this use; it has stopped. Do not use what you noted before.",
  "consent.cool_down":
    "The person has said no; they may not be asked again yet[, but from {until} on]. If they come by themselves, record it as their own wish.",
  "consent.given_already": "The person has consented to this already; there is nothing to ask.",
  "consent.not_given": "There is no consent to end here; look at the newest state.",
  "consent.nothing_new": "The text asks for no more than was given; there is no reason to ask again.",
  "consent.no_text": "Nothing is asked under this feature yet; the privacy officer writes the text first.",
  "consent.text_changed":
    "The text has changed in the meantime[ (now version {version})]; read the new one, then answer.",
  "consent.scope_forbidden":
    "The matrix does not let this purpose have that item[ ({field})]; take it out, or change the matrix first.",
  "consent.evidence_missing":
    "Consent must be written down: have it signed here, or scan the signed paper and note where it lies.",
  "consent.guardian_needed":
    "This person is under 14: their guardian consents, with name and relation, and signs. A form has no place for that: send it without what is optional, then record the guardian's answer on the consent page.",
  "consent.run_ended": "This use has ended; start another one if it is needed.",

  "regime.purpose_convenience":
    "Nothing is collected for convenience[ (“{word}”)]. Name the service to the owner that needs it.",
  "regime.draft_closed": "This draft is in force or withdrawn. Begin a new one.",
  "regime.draft_changed": "Somebody has changed the draft. Open it again and read it before you go on.",
  "regime.draft_stale":
    "A newer version of the regime has come since. Save the draft again, check the differences, then sign.",
  "regime.officer_first": "A privacy officer signs first. Wait for that signature.",
  "regime.same_person": "The two signatures are of two persons. Ask the manager or another privacy officer.",
  "regime.contradicts": "The draft contradicts itself. Mend what the page lists, then sign.",
  "regime.lint_failed":
    "A purpose did not pass the check[ ({purpose})]. Mend what the page lists, then sign.",
  "regime.assessment_missing":
    "This purpose has no signed impact assessment[ ({purpose})]. Finish the assessment first.",
  "regime.demonstration":
    "People of the demonstration do not change the regime of this installation. Sign in as one of the company.",
  "assessment.own":
    "Nobody signs off an assessment of their own. Ask the manager or another privacy officer.",
  "assessment.signed": "This edition is signed already. Write another to change it.",
  "assessment.changed": "There is a newer edition. Open it again and read it before you go on.",
  ...outside,

  "search.unclear":
    "It is unclear what to look for; enter one thing only: a phone number, its last four digits, a full name, a plate or a home.",

  "import.format_unknown": "This kind of file is not known; use an .xlsx, .xls or .csv file.",
  "import.file_too_large":
    "The file is too large[ (limit {limit})]; split it and import the parts one by one.",
  "import.too_many_cells":
    "The sheet has too many cells[ (limit {limit})]; delete rows and columns you do not need, or split the file.",
  "import.unpacks_too_large":
    "The file unpacks to more than is allowed[ (limit {limit})] and reading was stopped; save it again as an ordinary workbook and retry.",
  "import.took_too_long":
    "Reading the file took too long[ (limit {limit})] and was stopped; split it and import the parts one by one.",
  "import.file_damaged":
    "The file is damaged or incomplete; open it in a spreadsheet program, save it again and retry.",
  "import.file_protected": "The file is protected by a password; remove the password and retry.",
  "import.no_header": "No header row was found; keep one row of column names, such as home, name and phone.",
  "import.no_place": "No column stands for the home; choose the column that holds the home in the mapping.",
  "import.no_name": "No column stands for the name; choose the column that holds the name in the mapping.",
  "import.mapping_twice": "Several columns stand for the same field[ ({field})]; keep only one of them.",
  "import.column_forbidden":
    "This column holds what is not collected[ ({field})] and cannot come in as something else; leave it out.",
  "import.not_ready": "This import has not been checked yet; wait for the check to end, then commit it.",
  "import.running": "The import is running; wait until it ends, or cancel it first.",
  "import.nothing_wrong": "This import has no problems, so there is no problem file to download.",

  "form.field_forbidden": "This form does not collect that field[ ({field})]; remove it and submit again.",
  "form.purpose_unknown": "There is no form for this purpose; choose the purpose again.",
  "form.not_agreed":
    "An optional field is not taken while its switch is off[ ({field})]; let the person switch it on, or leave it out.",
  "form.feature_off":
    "The feature this field belongs to is not in use, so it is not taken[ ({field})]; remove it, or use the feature first.",
  "form.value_missing": "A required field is empty[ ({field})]; fill it in and submit again.",
  "form.value_invalid": "One field cannot be read[ ({field})]; check it and type it again.",
  "form.home_unknown":
    "There is no such home here, or it is outside your reach; check the number of the home.",
  "form.whole_community": "This form names no home; somebody who serves the whole community must take it.",
  "form.sheet_unknown":
    "No sheet of this number was printed for this purpose; check number and purpose on the sheet.",
  "form.sheet_entered": "This sheet has been entered already; check its number and do not enter it twice.",
  "form.decided": "This form has been dealt with; reload the list.",
  "channel.stopped":
    "This channel is stopped or not registered and collects nothing; use another, or ask the privacy officer.",
  "channel.purpose_not_listed":
    "This channel is not registered for the purpose; use another, or ask the privacy officer to register it.",
  "channel.field_not_listed":
    "This channel does not list the field[ ({field})]; remove it, or ask the privacy officer to list it.",
  "channel.field_forbidden":
    "None of the purposes chosen needs the field[ ({field})]; remove it and save again.",
  "channel.purpose_unknown": "There is no such purpose; choose again and save.",
  "channel.changed_meanwhile": "Somebody changed this channel in the meantime; reload and change it again.",
  "channel.nobody":
    "A channel in use needs somebody who answers for it; choose a colleague with a post here.",
}
