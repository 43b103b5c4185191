import { useQuery } from '@tanstack/react-query'
import { ApiError } from '../../api.ts'
import { monitorQuery } from '../../queries.ts'

/** "monitor Checkout API". */
export function MonitorName({ id }: { id: string }) {
  const monitor = useQuery({ ...monitorQuery(id), staleTime: 60_000 })
  if (monitor.error instanceof ApiError && monitor.error.status === 404) return 'its monitor was deleted'
  return <>monitor {monitor.data?.pronounceable_name ?? '…'}</>
}
