import { z } from "zod"

// zod compiles object schemas with `new Function`, which the content security policy forbids. Must run before any contract.
z.config({ jitless: true })
