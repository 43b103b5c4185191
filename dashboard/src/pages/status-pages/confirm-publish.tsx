import { Megaphone } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { addressOf, type StatusPage } from './queries.ts'

type Props = { page: StatusPage; title: string; verb: string; text: string; busy: boolean; onClose: () => void; onPublish: () => void }

/** Names who reads it and from when; the button is the verb. */
export function ConfirmPublish({ page, title, verb, text, busy, onClose, onPublish }: Props) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      className="w-[min(480px,calc(100%-32px))]!"
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" keys="mod+enter" busy={busy} onClick={onPublish}>
            {verb}
          </Button>
        </>
      }
    >
      <SubmitKey label={verb} run={onPublish} />
      <div className="grid gap-3.5">
        <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3">
          <Icon of={Megaphone} size={16} className="text-text-2" />
          <p>
            <span className="text-20 font-semibold tracking-[-0.015em]">{page.published ? 'Everybody' : 'Nobody yet'}</span>{' '}
            {page.published ? 'who opens the page reads it' : 'reads it: the page is not published'}
          </p>
        </div>
        <p className="text-text-2 [overflow-wrap:anywhere]">
          {text} on {addressOf(page)}
          {page.published ? ' from the next second, and in its feeds.' : ' once the page is published.'} What was read cannot be taken back;
          the report can be corrected.
        </p>
      </div>
    </Dialog>
  )
}
