/** Components of a Unix path: the root, and names; `.` only where the path begins with it. */
export function pathParts(path: string): string[] {
  const names = path.split('/').filter((n, i) => n !== '' && (n !== '.' || i === 0))
  return path.startsWith('/') ? ['/', ...names] : names
}
