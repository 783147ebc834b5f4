/** Runs before everything else: lets libraries live under the page's content security policy. */

import { z } from "zod"

// zod compiles object schemas with `new Function`. Must be set before the first contract is made.
z.config({ jitless: true })

/** What styles made at run time must carry to apply; the server makes a new one for every page it sends. */
export const nonce = document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content

// Ant Design hands the nonce to its style sheets, but its dialogs and tables make further `style` elements without it.
if (nonce !== undefined) {
  // oxlint-disable-next-line typescript/unbound-method -- the handler passes `self` on
  document.createElement = new Proxy(document.createElement, {
    apply: (make, self, names: unknown[]) => {
      const element: unknown = Reflect.apply(make, self, names)
      if (element instanceof HTMLStyleElement) element.nonce = nonce
      return element
    },
  })
}
