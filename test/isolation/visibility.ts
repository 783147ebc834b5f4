/**
 * Who may see which rows, table by table: the one place where it is written down, to be read by a person.
 * The tests hold it against PostgreSQL with raw SQL. Clauses 3.8, 3.9, 4.2, 6.1.
 *
 * ```
 * x  no right on the table            *  every row of the installation       c  every row of the community
 * .  the right, but no row            b  rows of the viewer's buildings      k  … and of the classes of the viewer's level
 * o  b, but of closed orders only one's own (3.8)        a  orders handed to the viewer
 * g  b, and what is granted to the viewer                m  what is granted to the viewer
 * r  lent to the viewer by an open order               v  archived by the viewer
 * h  done by the viewer, or handed to them             d  done by the viewer
 * t  traces of uses in the community                     w  one's own traces of uses
 * p  what one has kept for oneself                     i  applied for by the viewer
 * j  b, and applied for by the viewer                   s  signed by the viewer
 * e  ended by the viewer                                u  b, without what was found about the viewer
 * ```
 */

/** Contexts of hudun_app as the server sets them, then the other roles. */
export const viewers = [
  // The nine posts, each within the reach of its appointment.
  "clerk",
  "supervisor",
  "manager",
  "repairer",
  "archivist",
  "privacy_officer",
  "system_admin",
  "security_admin",
  "auditor",
  // A grant opens every class to a query (src/lifecycle/use/look.ts): clerk and repairer while they look.
  "clerk_looking",
  "repairer_looking",
  // No context at all; the trace lane; the sign-in door; the first run; an import taken up after a restart; the publisher.
  "nobody",
  "lane",
  "door",
  "setup",
  "resumer",
  "publisher",
  // Database roles beside hudun_app.
  "hudun_auth",
  "hudun_keyring",
  "hudun_publish",
] as const
export type Viewer = (typeof viewers)[number]

export const sights = [
  "x",
  ".",
  "*",
  "c",
  "b",
  "k",
  "o",
  "a",
  "g",
  "m",
  "t",
  "w",
  "p",
  "r",
  "v",
  "h",
  "d",
  "i",
  "j",
  "s",
  "e",
  "u",
] as const
export type Sight = (typeof sights)[number]

/**
 * Columns in the order of `viewers`: cl su ma re ar po sy se au | cl+ re+ | no la do st rs pu | auth keyring publish.
 */
export const visibility = `
app.placement         x x x x x x x x x   x x   x x x x x x   x x x
app.tenant            * * * * * * * * *   * *   * * * * * *   * x *
app.community         * * * * * * * * *   * *   * * * * * *   * x *
app.regime_version    * * * * * * * * *   * *   * * * * * *   x x x
app.matrix_cell       * * * * * * * * *   * *   * * * * * *   x x x
app.regime_draft      . . * . . * . . *   . .   . . . . * .   x x x
app.regime_change     . . * . . * . . *   . .   . . . . * .   x x x
app.regime_signature  . . * . . * . . *   . .   . . . . * .   x x x
app.regime_draft_end  . . * . . * . . *   . .   . . . . * .   x x x
app.assessment        . . * . . * . . *   . .   . . . . * .   x x x
app.assessment_edition . . * . . * . . *   . .   . . . . * .   x x x
app.assessment_signature . . * . . * . . *   . .   . . . . * .   x x x
app.staff             * * * * * * * * *   * *   . . * * * .   * x x
app.appointment       * * * * * * * * *   * *   . . * * * .   * x x
app.login             x x x x x x x x x   x x   x x x x x x   * x x
app.credential        x x x x x x x x x   x x   x x x x x x   * x x
app.session           x x x x x x x x x   x x   x x x x x x   * x x
app.building          b b c c c c c c c   b c   . . . c c .   x x x
app.home              b b c . . . . . .   b .   . . . c c .   x x x
app.person            b b c . . . . . .   b .   . . . c c .   x x x
app.residence         b b c . . . . . .   b .   . . . c c .   x x x
app.record            k k k . . . . . .   k r   . . . . k .   x x x
app.blind_index       b b c . . . . . .   b .   . . . c c .   x x x
app.to_verify         b b c . . . . . .   b .   . . . c c .   x x x
app.import            . . c . . c . . .   . .   . . . . c .   x x x
app.import_step       . . c . . c . . .   . .   . . . . c .   x x x
app.import_batch      . . c . . c . . .   . .   . . . . c .   x x x
app.import_problem    . . c . . c . . .   . .   . . . . c .   x x x
app.not_collected     . . c . . c . . .   . .   . . . . c .   x x x
app.to_destroy        . . c . . c . . .   . .   . . . . c .   x x x
app.order_counter     c c c . . . . . .   c .   . . . . c .   x x x
app.work_order        o b c a . . . . c   o a   . . . . c .   x x x
app.order_event       b b c h . . . . c   b h   . . . . c .   x x x
app.use_applied       b b c . . . . . c   b .   . . . . c .   x x x
app.use_decided       b b c . . . . . c   b .   . . . . c .   x x x
app.use_grant         g g c m m m m m m   g m   . . m m c .   x x x
app.grant_ended       g g c m . . . . c   g m   . . . . c .   x x x
app.use_archived      b b c v . . . . c   b v   . . . . c .   x x x
app.visit_link        b b c a . . . . c   b a   . . . . c .   x x x
app.visit_step        b b c a . . . . c   b a   . . . . c .   x x x
app.visit_photo       b b c a . . . . c   b a   . . . . c .   x x x
app.incident          . u c . . c . c c   . .   . . . . c .   x x x
app.text_kept         b b c . . c . . c   b .   . . . . c .   x x x
app.text_scan         . . c . . c . . c   . .   . . . c c .   x x x
app.text_scan_step    . . c . . c . . c   . .   . . . c c .   x x x
app.text_finding      . . c . . c . . c   . .   . . . c c .   x x x
app.text_ruling       . . c . . c . . c   . .   . . . c c .   x x x
app.purge_plan        . . c . . c . . c   . .   . . . . c .   x x x
app.purge_plan_end    . . c . . c . . c   . .   . . . . c .   x x x
app.consent_text      c c c . . c . . c   c .   . . . . c .   x x x
app.consent_event     b b c . . c . . c   b .   . . . . c .   x x x
app.minor             b b c . . . . . .   b .   . . . . c .   x x x
app.minor_ended       b b c . . . . . .   b .   . . . . c .   x x x
app.age_month         b b c . . . . . .   b .   . . . . c .   x x x
app.consent_run       c c c . . c . . c   c .   . . . . c .   x x x
app.consent_run_person b b c . . . . . .  b .   . . . . c .   x x x
app.consent_message   b b c . . . . . .   b .   . . . . c .   x x x
app.consent_run_ended c c c . . c . . c   c .   . . . . c .   x x x
app.application      i j c . c c . . c   i .   . . . . c .   x x x
app.application_record i j c . c c . . c   i .   . . . . c .   x x x
app.application_signed i j c . c c . . c   i .   . . . . c .   x x x
app.application_begun i j c . c c . . c   i .   . . . . c .   x x x
app.application_look i j c . c c . . c   i .   . . . . c .   x x x
app.application_ended i j c . c c . . c   i .   . . . . c .   x x x
app.emergency        i j c . . c . . c   i .   . . . . c .   x x x
app.emergency_person i j c . . c . . c   i .   . . . . c .   x x x
app.emergency_ended  i j c . . c . . c   i .   . . . . c .   x x x
app.emergency_review i j c . . c . . c   i .   . . . . c .   x x x
app.emergency_archived i j c . . c . . c   i .   . . . . c .   x x x
app.emergency_told   i j c . . c . . c   i .   . . . . c .   x x x
app.export_copy      i j c . c c . . c   i .   . . . . c .   x x x
app.export_made      i j c . c c . . c   i .   . . . . c .   x x x
app.export_step      i j c . c c . . c   i .   . . . . c .   x x x
app.export_mark      . . . . . c . . .   . .   . . . . . .   x x x
app.decoy            . . . . . c . . .   . .   . . . . . .   x x x
app.decoy_retired    . . . . . c . . .   . .   . . . . . .   x x x
app.party                . c c . . c . . c   . .   . . . . c .   x x x
app.party_scope          . c c . . c . . c   . .   . . . . c .   x x x
app.party_signed         . c c . . c . . c   . .   . . . . c .   x x x
app.party_ended          . c c . . c . . c   . .   . . . . c .   x x x
app.sharing              . i c . . c . . c   . .   . . . . c .   x x x
app.sharing_left         . i c . . c . . c   . .   . . . . c .   x x x
app.sharing_proof        . i c . . c . . c   . .   . . . . c .   x x x
app.sharing_proof_answer . i c . . c . . c   . .   . . . . c .   x x x
app.authority_request i j c . . c . . c   i .   . . . . c .   x x x
app.authority_receipt i j c . . c . . c   i .   . . . . c .   x x x
app.statistic_release . . . . . . . . .   . .   . . . c . .   x x x
app.duty              . c c . c c . . c   . .   . . . . c .   x x x
app.duty_ended        . c c . c c . . c   . .   . . . . c .   x x x
app.same_person       * * * * * * * * *   * *   . . * * * .   x x x
app.cap_count         . . . . . . . . .   . .   . . . . . .   x x x
app.cap_mark          . . . . . . . . .   . .   . . . . . .   x x x
app.mosaic_mark       . . . . . . . . .   . .   . . . . . .   x x x
app.trace             t t c w w c w w c   t w   . . w w c c   x x *
app.trace_view        . . p . . p . . p   . .   . . . . . .   x x x
app.staff_suspension  * * * * * * * * *   * *   . . * * * .   * x x
app.staff_suspension_lifted * * * * * * * * *   * *   . . * * * .   * x x
app.staff_tie         . . . . . c c . .   . .   . . . . . .   x x x
app.staff_tie_ended   . . . . . c c . .   . .   . . . . . .   x x x
app.watch_cursor      . . . . . . . . .   . .   . . . . . .   x x x
app.watch_memory      . . . . . . . . .   . .   . . . . . .   x x x
app.watch_finding     . . c . . c . . c   . .   . . . . c .   x x x
app.watch_verdict     . . c . . c . . c   . .   . . . . c .   x x x
app.attempt           . b c . . c . . .   . .   . . . . c .   x x x
app.attempt_ruling    . b c . . c . . .   . .   . . . . c .   x x x
app.lesson            c c c c c c c c c   c c   . c c c c c   x x x
app.training          p p c p p c p p p   p p   . . p p c .   x x x
app.proposal          d d d d d c d d d   d d   . . d d d .   x x x
app.proposal_answer   p p p p p c p p p   p p   . . p p p .   x x x
app.ledger_log        c c c c c c c c c   c c   . c c c c c   x x *
app.ledger_batch      c c c c c c c c c   c c   . c c c c c   x x *
app.ledger_head       . . * . . * . . *   . .   . . . . * *   x x *
app.channel_version   c c c c c c c c c   c c   . c c c c c   x x x
app.form_link         c c c . . c . . .   c .   . . . . c .   x x x
app.form_link_stopped c c c . . c . . .   c .   . . . . c .   x x x
app.form_sheet        c c c . c c . . .   c .   . . . . c .   x x x
app.form_submission   b b c . . . . . .   b .   . . . . c .   x x x
app.form_verdict      b b c . . . . . .   b .   . . . . c .   x x x
app.notice_contact    c c c c c c c c c   c c   . c c c c c   x x x
app.quarantine        . . c . . c . c c   . .   . . . c c .   x x x
keyring.kek           x x x x x x x x x   x x   x x x x x x   x * x
keyring.index_key     x x x x x x x x x   x x   x x x x x x   x * x
keyring.data_key      x x x x x x x x x   x x   x x x x x x   x * x
keyring.former_key    x x x x x x x x x   x x   x x x x x x   x * x
keyring.reseal        x x x x x x x x x   x x   x x x x x x   x * x
keyring.seal_order    x x x x x x x x x   x x   x x x x x x   x * x
`

/**
 * Which posts may add or change rows, and only in their own community. Everybody else is refused.
 * A letter behind a post is one of those above: only such rows, and any other row of the community is refused.
 * `oneself`: nobody but the person whom the row names; in the worlds of the tests that is the manager.
 */
export const writers = `
app.tenant            setup
app.community         setup
app.regime_version    setup
app.matrix_cell       setup
app.regime_draft      privacy_officer
app.regime_change     privacy_officer
app.regime_signature  privacy_officer manager
app.regime_draft_end  privacy_officer manager
app.assessment        privacy_officer
app.assessment_edition privacy_officer
app.assessment_signature privacy_officer manager
app.staff             setup privacy_officer system_admin
app.appointment       setup privacy_officer system_admin
app.building          manager setup
app.home              manager setup
app.person            manager setup
app.residence         manager setup
app.record            clerk:b supervisor:b manager setup
app.blind_index       manager setup
app.to_verify         manager setup
app.import            manager
app.import_step       manager
app.import_batch      manager
app.import_problem    manager
app.not_collected     manager
app.to_destroy        manager
app.order_counter     clerk supervisor manager
app.work_order        clerk:b supervisor:b manager repairer:a
app.order_event       clerk:b supervisor:b manager repairer:d
app.use_applied       clerk:b supervisor:b manager
app.use_decided       clerk:b supervisor:b manager
app.use_grant         clerk:b supervisor:b manager
app.grant_ended       clerk:b supervisor:b manager repairer:m
app.use_archived      clerk:b supervisor:b manager repairer:v
app.visit_link        clerk:b supervisor:b manager
app.visit_step        clerk:b supervisor:b manager repairer:a
app.visit_photo       repairer:a
app.incident          supervisor:u manager repairer:a privacy_officer
app.text_kept         clerk:b supervisor:b manager
app.text_scan         privacy_officer
app.text_scan_step    setup
app.text_finding      setup
app.text_ruling       privacy_officer
app.purge_plan        privacy_officer
app.purge_plan_end    oneself
app.consent_text      privacy_officer
app.consent_event     clerk:b supervisor:b manager
app.minor             clerk:b supervisor:b manager
app.minor_ended       supervisor:b manager
app.age_month         clerk:b supervisor:b manager
app.consent_run       supervisor manager
app.consent_run_person supervisor:b manager
app.consent_message   clerk:b supervisor:b manager
app.consent_run_ended supervisor manager
app.application       clerk:i supervisor:i manager:i
app.application_record clerk:i supervisor:i manager:i
app.application_signed supervisor:s manager:s archivist:s privacy_officer:s
app.application_begun clerk:i supervisor:i manager:i
app.application_look  clerk:i supervisor:i manager:i
app.application_ended clerk:i supervisor:j manager archivist privacy_officer
app.emergency         clerk:i supervisor:i manager:i
app.emergency_person  clerk:i supervisor:i manager:i
app.emergency_ended   clerk:e supervisor:e manager:e privacy_officer:e
app.emergency_review  supervisor:s manager:s privacy_officer:s
app.emergency_archived supervisor:s manager:s privacy_officer:s
app.emergency_told    supervisor:s manager:s privacy_officer:s
app.export_copy       clerk:i supervisor:i manager:i
app.export_made       setup
app.export_step       clerk:i supervisor:i manager:i setup
app.export_mark       setup
app.decoy             privacy_officer
app.decoy_retired     privacy_officer
app.party             oneself
app.party_scope       manager
app.party_signed      privacy_officer
app.party_ended       manager privacy_officer
app.sharing           supervisor:i manager:i
app.sharing_left      supervisor:i manager:i
app.sharing_proof     supervisor:i manager privacy_officer
app.sharing_proof_answer manager privacy_officer
app.authority_request clerk:i supervisor:i manager:i
app.authority_receipt clerk:i supervisor:i manager:i
app.statistic_release setup
app.duty              manager privacy_officer
app.duty_ended        manager privacy_officer
app.same_person       privacy_officer system_admin
app.cap_count
app.cap_mark
app.mosaic_mark
app.trace             anybody
app.trace_view        oneself
app.channel_version   privacy_officer
app.form_link         supervisor manager privacy_officer
app.form_link_stopped supervisor manager privacy_officer
app.form_sheet        clerk supervisor manager
app.form_submission   clerk:b supervisor:b manager
app.form_verdict      clerk:b supervisor:b manager
app.notice_contact    privacy_officer
app.quarantine        anybody
app.staff_suspension  privacy_officer system_admin
app.staff_suspension_lifted privacy_officer system_admin
app.staff_tie         privacy_officer:d system_admin:d
app.staff_tie_ended   privacy_officer:d system_admin:d
app.watch_cursor
app.watch_memory
app.watch_finding
app.watch_verdict     manager:d privacy_officer:d
app.attempt           oneself
app.attempt_ruling    oneself
app.lesson            oneself
app.training          oneself
app.proposal          oneself
app.proposal_answer   privacy_officer
`

/** Histories: hudun_app may not change or delete a row, and a trigger stops everybody else. Clause 3.12. */
export const histories = [
  "app.regime_version",
  "app.matrix_cell",
  "app.regime_draft",
  "app.regime_change",
  "app.regime_signature",
  "app.regime_draft_end",
  "app.assessment",
  "app.assessment_edition",
  "app.assessment_signature",
  "app.trace",
  "app.import",
  "app.import_step",
  "app.import_batch",
  "app.not_collected",
  "app.to_destroy",
  "app.order_event",
  "app.use_applied",
  "app.use_decided",
  "app.use_grant",
  "app.grant_ended",
  "app.use_archived",
  "app.text_kept",
  "app.purge_plan",
  "app.purge_plan_end",
  "app.text_scan",
  "app.text_scan_step",
  "app.text_finding",
  "app.text_ruling",
  "app.attempt",
  "app.attempt_ruling",
  "app.lesson",
  "app.training",
  "app.proposal",
  "app.proposal_answer",
  "app.channel_version",
  "app.form_link",
  "app.form_link_stopped",
  "app.form_sheet",
  "app.form_submission",
  "app.form_verdict",
  "app.notice_contact",
  "app.visit_link",
  "app.visit_step",
  "app.visit_photo",
  "app.incident",
  "app.consent_text",
  "app.consent_event",
  "app.minor_ended",
  "app.consent_run",
  "app.consent_run_person",
  "app.consent_message",
  "app.consent_run_ended",
  "app.application",
  "app.application_record",
  "app.application_signed",
  "app.application_begun",
  "app.application_look",
  "app.application_ended",
  "app.emergency",
  "app.emergency_person",
  "app.emergency_ended",
  "app.emergency_review",
  "app.emergency_archived",
  "app.emergency_told",
  "app.export_copy",
  "app.export_made",
  "app.export_step",
  "app.export_mark",
  "app.decoy",
  "app.decoy_retired",
  "app.party",
  "app.party_scope",
  "app.party_signed",
  "app.party_ended",
  "app.sharing",
  "app.sharing_left",
  "app.sharing_proof",
  "app.sharing_proof_answer",
  "app.authority_request",
  "app.authority_receipt",
  "app.statistic_release",
  "app.duty",
  "app.duty_ended",
  "app.staff_suspension",
  "app.staff_suspension_lifted",
  "app.staff_tie",
  "app.staff_tie_ended",
  "app.watch_finding",
  "app.watch_verdict",
] as const

/** Histories of the installation, each with a column of its key: their rows belong to no community. */
export const shared: Readonly<Partial<Record<string, string>>> = {
  "app.regime_version": "version",
  "app.matrix_cell": "version",
  "app.regime_draft": "draft_id",
  "app.regime_change": "draft_id",
  "app.regime_signature": "draft_id",
  "app.regime_draft_end": "draft_id",
  "app.assessment": "assessment_id",
  "app.assessment_edition": "assessment_id",
  "app.assessment_signature": "assessment_id",
  "app.staff_suspension": "suspension_id",
  "app.staff_suspension_lifted": "suspension_id",
}
