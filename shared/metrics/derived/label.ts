/** The name of the label that a field becomes. */
export function labelOf(field: string): string {
  const name = field.replace(/^attributes\./, '').replace(/[^a-zA-Z0-9_]/g, '_')
  return /^[a-zA-Z_]/.test(name) && !name.startsWith('__') ? name : `_${name}`
}
