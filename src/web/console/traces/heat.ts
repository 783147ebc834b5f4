/** How dark a cell is: 0 for nothing, then 1 to 5 by the order of magnitude, so that one look at night does not drown in a busy noon. */
export function heatOf(count: number, most: number): number {
  if (count <= 0) return 0
  if (most <= 1) return 1
  return Math.min(5, 1 + Math.floor((4 * Math.log(count)) / Math.log(most) + 1e-9))
}
