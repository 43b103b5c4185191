import type { LucideIcon } from 'lucide-react'

/** A line icon: 1.5 px at 16. It says nothing that the words beside it do not say. */
export const Icon = ({ of: Shape, size = 14, className }: { of: LucideIcon; size?: number; className?: string }) => (
  <Shape size={size} strokeWidth={2.25} aria-hidden="true" focusable="false" {...(className ? { className } : {})} />
)

export const Logo = ({ size = 18 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" strokeWidth="1.8" />
    <circle cx="10.6" cy="10.6" r="2.7" className="fill-accent-solid" />
  </svg>
)
