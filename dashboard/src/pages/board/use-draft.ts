import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiError, api, sentence } from '../../api.ts'
import { toast } from '../../ui/toast.tsx'
import type { Board } from './wire.ts'

/** The board as it is being changed; nothing of it is saved before `save`. `onSaved` leaves the editing. */
export function useDraft(board: Board, editing: boolean, onSaved: () => void) {
  const client = useQueryClient()
  const [draft, setDraft] = useState<Board | null>(null)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const was = useRef(editing)
  useEffect(() => {
    // only the end of editing drops a draft: a change that begins the editing comes before the address says so
    if (was.current && !editing) {
      setDraft(null)
      setRefused(null)
    }
    was.current = editing
  }, [editing])

  const change = (patch: Partial<Board>) => setDraft((d) => ({ ...(d ?? board), ...patch }))
  const save = async () => {
    if (busy) return
    setBusy(true)
    setRefused(null)
    try {
      const { name, description, panels, variables, date_range_from, refresh_interval, version } = draft ?? board
      const body = { name, description, panels, variables, date_range_from, refresh_interval, version }
      const saved = await api.patch<Board>(`/api/metrics/dashboards/${board.id}`, body)
      client.setQueryData(['dashboard', board.id], saved)
      void client.invalidateQueries({ queryKey: ['dashboards'] })
      toast(`Saved ${saved.name}, version ${saved.version}`)
      onSaved()
    } catch (e) {
      setRefused(e instanceof ApiError && e.errors[0] ? `${e.message} ${e.errors[0].path}: ${e.errors[0].message}` : sentence(e))
    } finally {
      setBusy(false)
    }
  }
  return {
    shown: editing && draft ? draft : board,
    changed: draft !== null && JSON.stringify(draft) !== JSON.stringify(board),
    change,
    save,
    busy,
    refused,
  }
}
