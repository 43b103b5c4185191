import { useKeys } from './use-keys.ts'

/** ⌘↵ sends the form of the layer this stands in. */
export function SubmitKey({ label, run }: { label: string; run: () => void }): null {
  useKeys([{ keys: 'mod+enter', label, group: 'This form', run }])
  return null
}
