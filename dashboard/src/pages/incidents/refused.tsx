import { sentence } from '../../api.ts'
import { Note } from '../../ui/panel.tsx'
import { Shape } from '../../ui/status.tsx'

/** Why the last verb was not carried out, where it was pressed. */
export const Refused = ({ error }: { error: unknown }) =>
  error == null ? null : (
    <div role="alert" className="mb-4">
      <Note tone="down" icon={<Shape state="down" className="text-down" />}>
        <b>Not done.</b> {sentence(error)}
      </Note>
    </div>
  )
