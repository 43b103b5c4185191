import { PageHeader } from '../../ui/panel.tsx'

export const Page = () => <PageHeader title="monitor" />
