type Placed = { id: string; position: number }

/** `rows` with `id` at `position` (the end when it is not given): every id with the position it gets, from 0. */
export function placed(rows: readonly Placed[], id: string, position: number | undefined): Placed[] {
  const others = rows.filter((row) => row.id !== id).map((row) => row.id)
  others.splice(position ?? others.length, 0, id)
  return numbered(others)
}

export const numbered = (ids: readonly string[]): Placed[] => ids.map((id, position) => ({ id, position }))
