import { useState } from 'react'
import { api, sentence } from './api.ts'
import type { List } from './wire.ts'

type Contact = { id: string; channel: string; contact: string; verified: boolean }
type Sent = { outcome: 'accepted' | 'failed' | 'unknown'; detail: string | null }
/** What became of a test page, by contact. */
export type Receipt = { contact: string; channel: string; outcome: Sent['outcome']; detail: string | null }

/** Sends a test page to every verified contact of whoever asks, one after the other, and keeps what the providers said. */
export function useTestPage(): { send: () => Promise<void>; busy: boolean; receipts: readonly Receipt[] | null; error: string | null } {
  const [busy, setBusy] = useState(false)
  const [receipts, setReceipts] = useState<readonly Receipt[] | null>(null)
  const [error, setError] = useState<string | null>(null)
  const send = async () => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      const { data } = await api.get<List<Contact>>('/api/oncall/contact-methods')
      const done: Receipt[] = []
      for (const c of data.filter((c) => c.verified)) {
        const { outcome, detail } = await api.post<Sent>(`/api/oncall/contact-methods/${c.id}/test`)
        done.push({ contact: c.contact, channel: c.channel, outcome, detail })
        setReceipts([...done])
      }
    } catch (e) {
      setError(sentence(e))
    } finally {
      setBusy(false)
    }
  }
  return { send, busy, receipts, error }
}

/** "Accepted for ines@kestrel.example by e-mail": what was taken, and what was not and why. */
export const saysReceipt = ({ contact, channel, outcome, detail }: Receipt): string => {
  const way = channel === 'email' ? 'e-mail' : channel === 'sms' ? 'SMS' : channel
  if (outcome === 'accepted') return `Test page accepted for ${contact} by ${way}`
  return `${contact} by ${way}: ${outcome === 'failed' ? 'not taken' : 'no answer'}${detail ? `, ${detail}` : ''}`
}
