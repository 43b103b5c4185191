import { useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { DeleteDialog } from '../../ui/delete-dialog.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Ago } from '../../ui/time.tsx'
import type { List } from '../../wire.ts'
import { plural } from '../../words.ts'
import type { RuleGroup } from '../board/wire.ts'
import { span } from './words.ts'

/** Groups out of rule files, when there are any: where they come from, what they record, and how to be rid of them. */
export function RuleFiles({ may }: { may: boolean }) {
  const [deleting, setDeleting] = useState<RuleGroup | null>(null)
  const groups = useQuery({
    queryKey: ['alerts', 'groups'],
    queryFn: ({ signal }) => api.get<List<RuleGroup>>('/api/metrics/rules', { per_page: 250 }, signal),
  }).data?.data
  if (!groups?.length) return null
  return (
    <Panel title="Rule files" sub={plural(groups.length, 'group')} className="mt-4">
      <ul>
        {groups.map((g) => (
          <li key={g.id} className="flex min-h-11 items-center gap-3 border-b border-line-soft px-3.5 py-1.5 last:border-b-0">
            <span className="min-w-0 flex-1">
              <b className="font-550">{g.name}</b> <code className="font-mono text-12 text-text-3">{g.file}</code>
              <span className="block text-12 text-text-2">
                {g.rules.map((r, i) => (
                  <span key={`${r.name} ${i}`}>
                    {i > 0 && ', '}
                    {r.alert_id ? (
                      <TextLink href={`/alerts/${r.alert_id}`}>{r.name}</TextLink>
                    ) : (
                      <code className="font-mono">{r.name}</code>
                    )}
                  </span>
                ))}
              </span>
            </span>
            <span className="text-12 whitespace-nowrap text-text-3 phone:hidden">
              every {span(g.interval)} · <Ago at={g.updated_at} />
            </span>
            {may && <Button kind="ghost" icon={Trash2} aria-label={`Delete the group ${g.name}`} onClick={() => setDeleting(g)} />}
          </li>
        ))}
      </ul>
      {deleting && (
        <DeleteDialog
          what="group"
          name={deleting.name}
          path={`/api/metrics/rules/${deleting.id}`}
          refresh={[['alerts']]}
          onClose={() => setDeleting(null)}
        >
          {`${plural(deleting.rules.length, 'rule')} of ${deleting.file} go with it; what its alerts opened is resolved.`}
        </DeleteDialog>
      )}
    </Panel>
  )
}
