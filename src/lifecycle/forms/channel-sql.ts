/** The register of channels: versions that are added, never changed. Clause 2.8. */

import type { QueryResultRow } from "pg"
import type { Command } from "../../ledger/spine.ts"
import { type Channel, type ChannelCode, channelCodes } from "./channel.ts"

export interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

interface ChannelRow {
  channel: string
  version: number
  state: "in_use" | "stopped"
  purposes: string[]
  fields: string[]
  responsible: string | null
}

/** The newest version of each channel that was ever written down. */
export async function readChannels({ query }: Asked, communityId: string): Promise<Channel[]> {
  const rows = await query<ChannelRow & QueryResultRow>(
    `select distinct on (channel) channel, version, state, purposes, fields, responsible
     from app.channel_version where community_id = $1 order by channel, version desc`,
    [communityId],
  )
  return rows.flatMap((row) => {
    const channel = channelCodes.find((one) => one === row.channel)
    return channel === undefined ? [] : [{ ...row, channel }]
  })
}

export async function writeChannel(
  command: Command,
  communityId: string,
  { by, ...channel }: Channel & { by: string },
): Promise<void> {
  await command.query(
    `insert into app.channel_version (community_id, channel, version, state, purposes, fields, responsible, changed_by, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      communityId,
      channel.channel,
      channel.version,
      channel.state,
      channel.purposes,
      channel.fields,
      channel.responsible,
      by,
      new Date(command.now),
    ],
  )
}

export interface ChannelChange {
  channel: ChannelCode
  changed_by: string
  at: Date
}

export function lastChanges({ query }: Asked, communityId: string): Promise<ChannelChange[]> {
  return query<ChannelChange & QueryResultRow>(
    `select distinct on (c.channel) c.channel, s.name as changed_by, c.at
     from app.channel_version c join app.staff s on s.staff_id = c.changed_by
     where c.community_id = $1 order by c.channel, c.version desc`,
    [communityId],
  )
}

/** Colleagues who hold a post in the community at that moment: one of them answers for a channel. */
export async function colleagues(
  { query }: Asked,
  communityId: string,
  now: number,
): Promise<Map<string, string>> {
  const rows = await query<{ staff_id: string; name: string }>(
    `select distinct s.staff_id, s.name from app.staff s join app.appointment a on a.staff_id = s.staff_id
     where a.community_id = $1 and a.valid_from <= $2 and (a.valid_until is null or a.valid_until > $2)
     order by s.name`,
    [communityId, new Date(now)],
  )
  return new Map(rows.map((row) => [row.staff_id, row.name]))
}
