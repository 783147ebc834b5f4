import { useTranslation } from "react-i18next"
import { tileCells } from "./tile-cells.ts"

export interface TileGridProps {
  readonly leaves: number
  readonly size: number
  /** The first bad leaf. */
  readonly bad: number | undefined
}

/** One square a tile, or several tiles where the log is long. */
export function TileGrid({ leaves, size, bad }: TileGridProps) {
  const { t } = useTranslation("verify")
  const { cells, tiles, done } = tileCells({ leaves, size, bad })
  if (tiles === 0) return null
  return (
    <div className="hd-tiles" role="img" aria-label={t("whole.grid", { count: tiles, done })}>
      {cells.map((state, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a square is its place
        <span key={at} className={`hd-tile hd-tile-${state}`} />
      ))}
    </div>
  )
}
