/** A receiver of traces outside this house. */

import type { SiemMessage } from "./siem-message.ts"

export interface SiemPlace {
  /**
   * Resolves once the receiver has the messages, as far as its protocol can tell. When it rejects, any of them may have
   * arrived or not: all are to be given again.
   */
  deliver(messages: readonly SiemMessage[]): Promise<void>
  close(): Promise<void>
}
