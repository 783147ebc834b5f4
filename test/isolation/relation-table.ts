/**
 * Whom a route lets at a thing, by how the thing stands to whoever asks: the one place where it is written down, to be read by
 * a person. Of what is out of reach the answer is that about what does not exist: status, headers, body, size. Clauses 3.8, 4.5.
 *
 * A line: the letters of seven relations, the route, two spaces, the kind of thing its id is varied in (relation-things.ts).
 * Each relation has ten letters, for the post that asks: clerk of building 1, clerk of building 3, supervisor of 1 and 2,
 * manager, repairer (sent to what lies in building 1), archivist, privacy officer, system, security administrator, auditor.
 * What is opened without an account has one letter: for whoever holds the link or the code.
 *
 * ```
 * own        lies in building 1, is made by its clerk, and runs; what a clerk may not make: by its supervisor
 * building   the same in building 3, made by its clerk. -: it is of the community, not of a building
 * community  of another company. -: its number is counted from one in every community, and no secret
 * gone       its household has moved out since. -: it is about no household
 * expired    its time is over, or that of what it lent. -: it has no time
 * revoked    ended, closed, withdrawn, decided on; an order: handed on and closed. -: nobody takes it back
 * suspended  of somebody whose post is over; a use whose consent is withdrawn; a code whose channel is stopped. -: nothing
 *            holds it up. That a whole interface is suspended (3.13) is not built yet; who is suspended themselves, whose
 *            own post is over or has not begun, who is locked out, and a community that is gone: the table of standings
 *            below, and for every route, with a thing or without: routes.test.ts
 *
 * o  let in
 * a  absent: the answer is that about an invented id, to the byte
 * r  told why not, with a code: they may know that it is there
 * x  not for this post, whatever is asked for: the answer is that about an invented id, to the byte
 * ```
 * Whoever breaks the glass anew has handed back what they had running.
 * What lies elsewhere is asked for together with a home or a person of building 1, where a route takes two things.
 * Whoever has moved out stays in a manager's reach for their consents: withdrawing stays as easy as it was (2.7).
 * An order lends its repairer the phone as long as it runs, also of a family that has gone meanwhile (4.6).
 * An order's id is chosen by the client: absent.test.ts.
 */
export const relationTable = `
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx aaaaxxxxxx - - -  GET /persons/:personId  person
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx aaaoxxxxxx - - -  GET /persons/:personId/consents  person
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx aaaoxxxxxx - - -  POST /persons/:personId/consents  person
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx aaaoxxxxxx - - -  POST /persons/:personId/minor  person
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx oaooxxxxxx - oaooxxxxxx -  GET /persons/:personId/consents/:eventId/receipt  consent
oaooxxxxxx aoaoxxxxxx - - - - -  GET /buildings/:buildingId/homes  building
oaooxxxxxx aoaoxxxxxx - - - - -  GET /owners?building=:buildingId  building
oaooxxxxxx aoaoxxxxxx - - - - -  POST /owners/search  building
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx oaooxxxxxx - - -  POST /orders  home
oaooxxxxxx aaaaxxxxxx aaaaxxxxxx aaaaxxxxxx - - -  POST /orders  person
oaoooxxxxx aoaoaxxxxx aaaaaxxxxx oaoooxxxxx oaoooxxxxx oaooaxxxxx -  GET /orders/:orderId  order
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx oaooxxxxxx oaooxxxxxx rarrxxxxxx -  POST /orders/:orderId/take  order
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx oaooxxxxxx oaooxxxxxx rarrxxxxxx -  POST /orders/:orderId/dispatch  order
oaooxxxxxx - aaaaxxxxxx - - aaaaxxxxxx aaaaxxxxxx  POST /orders/:orderId/dispatch  staff
aaaaxxxxxx - aaaaxxxxxx - - - -  POST /orders/:orderId/dispatch  stopped
oaoooxxxxx aoaoaxxxxx aaaaaxxxxx oaoooxxxxx oaoooxxxxx rarraxxxxx -  POST /orders/:orderId/close  order
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx oaooxxxxxx oaooxxxxxx oaooxxxxxx -  GET /orders/:orderId/visit  order
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx oaooxxxxxx oaooxxxxxx rarrxxxxxx -  POST /orders/:orderId/visit  order
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx oaooxxxxxx oaooxxxxxx oaooxxxxxx -  GET /orders/:orderId/photos/:photoId  photo
oaooxxxxxo aoaoxxxxxo aaaaxxxxxa oaooxxxxxo oaooxxxxxo oaooxxxxxo -  GET /uses/:useId  order
oaoaoxxxxx aoaaaxxxxx aaaaaxxxxx oaoaoxxxxx rararxxxxx raraaxxxxx -  POST /uses/:useId/look  order
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx aaaaxxxxxx - - -  POST /applications  person
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx rarrxxxxxx - - -  POST /applications  home
oaooxxxxxx aaarxxxxxx aaaaxxxxxx aaaaxxxxxx oaooxxxxxx rarrxxxxxx -  POST /applications  order
oaooxooxxo aoaoxooxxo aaaaxaaxxa oaooxooxxo oaooxooxxo oaooxooxxo -  GET /applications/:applicationId  application
xxorxrrxxx xxarxrrxxx xxaaxaaxxx xxorxrrxxx xxrrxrrxxx xxrrxrrxxx -  POST /applications/:applicationId/sign  waiting
oarrxxrxxx aoarxxrxxx aaaaxxaxxx oarrxxrxxx rarrxxrxxx rarrxxrxxx -  POST /applications/:applicationId/end  waiting
oaooxxoxxx aoaoxxoxxx aaaaxxaxxx oaooxxoxxx rarrxxrxxx rarrxxrxxx -  POST /applications/:applicationId/end  application
oarrxxxxxx aoarxxxxxx aaaaxxxxxx rarrxxxxxx rarrxxxxxx rarrxxxxxx -  POST /applications/:applicationId/look  application
aaaaxxxxxx aaaaxxxxxx aaaaxxxxxx aaaaxxxxxx - - -  POST /applications/:applicationId/look  person
oaooxxxxxx aoaoxxxxxx - - - - -  POST /exports/count  building
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx aaaaxxxxxx - - -  POST /exports/count  home
oaooxxxxxx aoaoxxxxxx - - - - -  POST /exports  building
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx aaaaxxxxxx - - -  POST /exports  home
oarrxxxxxx aoarxxxxxx aaaaxxxxxx oarrxxxxxx rarrxxxxxx rarrxxxxxx -  POST /applications/:applicationId/export  leaving
oaaaxxxxxx aoaaxxxxxx aaaaxxxxxx oaaaxxxxxx raaaxxxxxx raaaxxxxxx -  POST /exports/:copyId/password  copy
oaaaxxxxxx aoaaxxxxxx aaaaxxxxxx oaaaxxxxxx raaaxxxxxx raaaxxxxxx -  POST /exports/:copyId/download  copy
xxxoxxoxxx - xxxaxxaxxx - - xxxaxxaxxx xxxaxxaxxx  POST /duties  staff
xxxoxxoxxx - xxxaxxaxxx - - - -  POST /duties  stopped
xxxoxxoxxx - xxxaxxaxxx - xxxoxxoxxx xxxoxxoxxx -  POST /duties/:dutyId/end  duty
xxxxxxooxx - xxxxxxaaxx - - xxxxxxooxx xxxxxxooxx  POST /same-person  staff
xxooxxxxxx xxooxxxxxx xxaaxxxxxx xxooxxxxxx - xxooxxxxxx xxooxxxxxx  GET /consent-runs/:runId  run
xxooxxxxxx xxaoxxxxxx xxaaxxxxxx xxaaxxxxxx - xxrrxxxxxx xxrrxxxxxx  POST /consent-runs/:runId/look  run
xxooxxxxxx xxooxxxxxx xxaaxxxxxx xxooxxxxxx - xxrrxxxxxx xxooxxxxxx  POST /consent-runs/:runId/stop  run
xxxoxxoxxx - xxxaxxaxxx - - - -  GET /imports/:importId  import
xxxoxxxxxx - xxxaxxxxxx - - - -  POST /imports/:importId/check  import
xxxoxxxxxx - xxxaxxxxxx - - - -  POST /imports/:importId/commit  import
xxxrxxxxxx - xxxaxxxxxx - - - -  POST /imports/:importId/cancel  import
xxxoxxoxxx - xxxaxxaxxx - - - -  GET /imports/:importId/problems  import
xxxoxxxxxx - xxxaxxxxxx - - - -  GET /imports/:importId/problems.xlsx  import
xxooxxoxxx xxaoxxoxxx xxaaxxaxxx - - xxrrxxrxxx -  POST /attempts/:attemptId/rulings  attempt
xxooxxoxxx xxaoxxoxxx xxaaxxaxxx - - xxrrxxrxxx -  POST /attempts/:attemptId/lesson  attempt
xxxxxxoxxx - xxxxxxaxxx - - xxxxxxrxxx -  POST /proposals/:proposalId/answer  proposal
xxooxxoxxx - xxaaxxaxxx - - xxaaxxaxxx -  POST /form-links/:linkId/stop  hung
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx - - rarrxxxxxx -  POST /form-inbox/:submissionId/accept  submission
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx - - rarrxxxxxx -  POST /form-inbox/:submissionId/reject  submission
xxxxxxooxx xxxxxxooxx - - - - -  POST /staff  building
xxxxxxooxx xxxxxxooxx - - - - -  PUT /staff/:staffId/post  building
xxxxxxooxx - xxxxxxaaxx - - xxxxxxaaxx xxxxxxooxx  PUT /staff/:staffId/post  staff
xxxxxxooxx - xxxxxxaaxx - - xxxxxxaaxx xxxxxxooxx  POST /staff/:staffId/password  staff
xxxxxxooxx - xxxxxxaaxx - - xxxxxxooxx xxxxxxooxx  POST /staff/:staffId/leave  staff
xxxxxxooxx - xxxxxxaaxx - - xxxxxxaaxx xxxxxxooxx  POST /staff/:staffId/suspend  staff
xxxxxxooxx - xxxxxxaaxx - - xxxxxxaaxx xxxxxxooxx  POST /staff/:staffId/restore  staff
xxxxxxooxx - xxxxxxaaxx - - - -  POST /staff/:staffId/restore  stopped
xxxxxxooxx - xxxxxxaaxx - - - -  POST /staff/:staffId/suspend  stopped
xxxoxxoxxx - xxxaxxaxxx - - xxxaxxaxxx xxxaxxaxxx  POST /training  staff
xxxxxxoxxx - xxxxxxaxxx - - xxxxxxaxxx xxxxxxaxxx  PUT /channels/:channel  staff
xxxoxxoxxo - xxxaxxaxxa - - xxxoxxoxxo -  GET /purge-plans/:planId  plan
xxxoxxrxxx - xxxaxxaxxx - - xxxrxxrxxx -  POST /purge-plans/:planId/signature  plan
xxxxxxoxxx - xxxxxxaxxx - - xxxxxxrxxx -  POST /purge-plans/:planId/withdrawal  plan
xxxxxxoxxx - xxxxxxaxxx - - xxxxxxoxxx -  POST /decoys/:decoyId/retire  decoy
xxxxxxoxxx - xxxxxxaxxx xxxxxxoxxx - xxxxxxoxxx -  GET /text-findings/:findingId/glimpse  finding
xxxxxxoxxx - xxxxxxaxxx xxxxxxoxxx - xxxxxxrxxx -  POST /text-findings/:findingId/ruling  finding
xxxoxxaxxa xxxoxxaxxa xxxaxxaxxa xxxoxxaxxa - - -  GET /traces?person=:personId  person
xxxoxxoxxo xxxoxxoxxo xxxaxxaxxa xxxoxxoxxo xxxoxxoxxo xxxoxxoxxo -  GET /traces?use=:useId  use
xxxoxxxxxx xxxoxxxxxx xxxaxxxxxx xxxoxxxxxx - - -  POST /traces/search  person
xxxoxxxxxx xxxoxxxxxx xxxaxxxxxx xxxoxxxxxx - - -  POST /traces/search  home
xxxoxxoxxo xxxoxxoxxo xxxaxxaxxa xxxoxxoxxo xxxoxxoxxo xxxoxxoxxo -  POST /traces/search  use
xxxoxxoxxo xxxoxxoxxo xxxaxxaxxa xxxaxxaxxa - - -  GET /exposure?home=:homeId  home
xxxoxxoxxo - xxxaxxaxxa - - - -  GET /traces/:traceId/receipt  trace
xxxoxxaxxa - xxxaxxaxxa - - - -  DELETE /traces/views/:viewId  view
xxxxxxxxox - xxxxxxxxax xxxxxxxxox - xxxxxxxxax -  POST /keys/quarantine/resolve  record
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx rarrxxxxxx - - -  POST /emergencies  home
oaooxxoxxo aoaoxxoxxo aaaaxxaxxa oaooxxoxxo oaooxxoxxo oaooxxoxxo aaooxxoxxo  GET /emergencies/:emergencyId  emergency
oarrxxxxxx aoarxxxxxx aaaaxxxxxx rarrxxxxxx rarrxxxxxx rarrxxxxxx aarrxxxxxx  POST /emergencies/:emergencyId/look  emergency
oaooxxoxxx aoaoxxoxxx aaaaxxaxxx oaooxxoxxx rarrxxrxxx rarrxxrxxx aaooxxoxxx  POST /emergencies/:emergencyId/end  emergency
xxooxxoxxx xxaoxxoxxx xxaaxxaxxx xxooxxoxxx xxooxxoxxx xxrrxxrxxx xxooxxoxxx  POST /emergencies/:emergencyId/reviews  over
xxooxxoxxx xxaoxxoxxx xxaaxxaxxx xxooxxoxxx xxooxxoxxx xxooxxoxxx xxooxxoxxx  POST /emergencies/:emergencyId/told  over
xxxoxxxxxx - xxxaxxxxxx - - xxxaxxxxxx xxxaxxxxxx  POST /parties  staff
xxxxxxoxxx - xxxxxxaxxx - xxxxxxrxxx xxxxxxrxxx xxxxxxoxxx  POST /parties/:partyId/sign  entry
xxxoxxoxxx - xxxaxxaxxx - xxxrxxrxxx xxxrxxrxxx xxxoxxoxxx  POST /parties/:partyId/end  party
xxooxxoxxo xxaoxxoxxo xxaaxxaxxa xxooxxoxxo xxooxxoxxo xxooxxoxxo xxooxxoxxo  GET /sharings?partyId=:partyId  told
xxooxxxxxx - xxaaxxxxxx - xxrrxxxxxx xxrrxxxxxx xxooxxxxxx  POST /sharings  party
xxooxxxxxx xxaoxxxxxx xxaaxxxxxx xxaaxxxxxx - - -  POST /sharings  home
xxooxxxxxx xxaoxxxxxx - - - - -  POST /sharings  building
xxorxxxxxx xxarxxxxxx xxaaxxxxxx xxorxxxxxx xxrrxxxxxx xxrrxxxxxx xxrrxxxxxx  POST /sharings/:applicationId/left  sharing
xxooxxoxxx xxaoxxoxxx xxaaxxaxxx xxooxxoxxx xxooxxoxxx xxrrxxrxxx xxooxxoxxx  POST /sharings/:applicationId/proofs  told
xxxoxxoxxx xxxoxxoxxx xxxaxxaxxx xxxoxxoxxx - xxxrxxrxxx -  POST /sharings/:applicationId/proofs/:proofId/answer  proof
xxooxxoxxo xxaoxxoxxo xxaaxxaxxa xxooxxoxxo - xxooxxoxxo -  POST /sharings/:applicationId/proofs/:proofId/paper  proof
xxxaxxaxxx xxxaxxaxxx xxxaxxaxxx - - - -  POST /sharings/:applicationId/proofs/:proofId/answer  stray proof
xxaaxxaxxa xxaaxxaxxa xxaaxxaxxa - - - -  POST /sharings/:applicationId/proofs/:proofId/paper  stray proof
oaooxxxxxx aoaoxxxxxx aaaaxxxxxx aaaaxxxxxx - - -  POST /authority-requests  home
oaooxxoxxx aoaoxxoxxx aaaaxxaxxx oaooxxoxxx oaooxxoxxx oaooxxoxxx aaooxxoxxx  POST /authority-requests/:applicationId/officers  request
oaooxxoxxx aoaoxxoxxx aaaaxxaxxx oaooxxoxxx oaooxxoxxx oaooxxoxxx aaooxxoxxx  POST /authority-requests/:applicationId/paper  request
oaaaxxxxxx aoaaxxxxxx aaaaxxxxxx oaaaxxxxxx oaaaxxxxxx raaaxxxxxx aaaaxxxxxx  POST /authority-requests/:applicationId/receipt  handed
xxxoxxoxxx - xxxaxxaxxx xxxoxxoxxx - xxxrxxrxxx xxxoxxoxxx  POST /findings/:findingId/verdict  suspicion
xxxxxxooxx - xxxxxxaaxx - - xxxxxxaaxx xxxxxxaaxx  POST /ties  staff
xxxxxxooxx - xxxxxxaaxx xxxxxxooxx - xxxxxxooxx xxxxxxooxx  POST /ties/:tieId/end  tie
o - a - - a r  GET /api/public/forms/:code  code
o - a - - a r  POST /api/public/forms/:code  code
o - a o a a a  POST /api/visit  link
o - a o a a a  POST /api/visit/:communityId/:linkId/look  visit
r - a r a a a  POST /api/visit/:communityId/:linkId/call  visit
o - a o a a a  POST /api/visit/:communityId/:linkId/photos  visit
o - a o a a a  POST /api/visit/:communityId/:linkId/finish  visit
`

/** Routes of a community that take no id of a thing, or one of the whole installation: a draft, a version, an assessment. */
export const withoutThing = `
GET /findings
GET /ties
GET /regime
GET /regime/versions/:version
GET /regime/drafts/:draftId
GET /regime/drafts/:draftId/effect
POST /regime/drafts
POST /regime/drafts/:draftId/changes
POST /regime/drafts/:draftId/sign
POST /regime/drafts/:draftId/withdraw
GET /assessments/:assessmentId/assessment.pdf
GET /assessments
POST /assessments
GET /assessments/:assessmentId
POST /assessments/:assessmentId/editions
POST /assessments/:assessmentId/sign
GET /staff
GET /buildings
GET /imports
POST /imports
GET /not-collected
GET /orders
GET /handlers
GET /uses
GET /caps
GET /attempts
GET /lessons
GET /proposals
POST /proposals
GET /training
GET /channels
GET /forms
POST /forms
GET /form-sheets
POST /form-sheets
GET /form-links
POST /form-links
GET /form-inbox
PUT /notice-contact
GET /incidents
GET /consent-texts
POST /consent-texts
GET /consents/counts
POST /consent-texts/preview
GET /consents
GET /consent-runs
POST /consent-runs
GET /applications
GET /duties
GET /excess
GET /purge-plans
POST /purge-plans
GET /exports
GET /decoys
POST /decoys
POST /leaks/text
POST /leaks/file
GET /ledger
GET /traces/export
GET /traces/hours
GET /traces/views
POST /traces/views
GET /text-scans
POST /text-scans
GET /text-findings
GET /keys
POST /keys/rotate
POST /keys/rotate-index
POST /keys/reseal
GET /attempts/live
GET /emergencies
GET /emergency-rules
GET /emergency-alarm
GET /parties
GET /authority-requests
GET /statistics
POST /statistics/export
`

/** Routes outside a community: of the server, of the machine it runs on, of one's own session. */
export const outsideCommunities = `
GET /api/regime
GET /api/setup
POST /api/setup
POST /api/demonstration
DELETE /api/demonstration
POST /api/session
GET /api/session
DELETE /api/session
POST /api/session/password
POST /api/session/second-factor
POST /api/session/second-factor/confirm
POST /api/local/people/recover
GET /api/meter
GET /api/public/notice/:communityId
POST /api/local/ledger/clock
GET /api/local/communities/:communityId/traces/export
GET /metrics
GET /ledger/:*
GET /api/seal
POST /api/seal
POST /api/seal/open
POST /api/seal/shares
POST /api/seal/shares/by-password
POST /api/local/keys/reseal
POST /api/local/keys/quarantine/resolve
GET /api/local/keys
POST /api/local/keys/rotate
POST /api/local/keys/rewrap
POST /api/local/keys/exported
POST /api/local/backup
GET /api/local/backup
`

/** The answer to everything for somebody who stands so, of each post, whatever the thing: how, and the code. */
export const standingTable = `
thing.absent           post over
thing.absent           post not begun
thing.absent           community gone
session.none           left
session.none           signed out
session.none           session over
session.none           locked out
session.none           suspended
password.change_first  owes a password
`
