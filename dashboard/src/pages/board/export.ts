import { api, sentence } from '../../api.ts'
import { toast } from '../../ui/toast.tsx'
import type { Board } from './wire.ts'

/** The board as a file that import takes again. */
export async function exportBoard(board: Pick<Board, 'id' | 'name'>): Promise<void> {
  try {
    const { data } = await api.get<{ data: unknown }>(`/api/metrics/dashboards/${board.id}/export`)
    const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `${board.name.replace(/[^\w-]+/g, '-').toLowerCase() || 'dashboard'}.json`
    link.click()
    URL.revokeObjectURL(url)
  } catch (e) {
    toast(sentence(e))
  }
}
