import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import type { z } from "zod"
import { type Me, signIn } from "../../duty/people/contract.ts"
import { call } from "../client.ts"
import { useSearchTexts } from "../parts/use-address.ts"
import { sessionQuery } from "../parts/use-session.ts"
import { nextPath } from "../shell/entrance.ts"

export type Credentials = z.input<NonNullable<typeof signIn.body>>

/** Signs in, forgets what an earlier person saw, and goes where the person wanted to. */
export function useEnter(): UseMutationResult<Me, Error, Credentials> {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { next } = useSearchTexts()
  return useMutation({
    mutationFn: (credentials: Credentials) => call(signIn, { body: credentials }),
    onSuccess: async (me) => {
      client.clear()
      client.setQueryData(sessionQuery.queryKey, me)
      await navigate({ href: nextPath(next) })
    },
  })
}
