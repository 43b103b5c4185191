import type { PageBody } from '../../../../shared/incidents/schema.ts'

const names = {
  email: 'E-mail',
  webhook: 'Webhook',
  sms: 'SMS',
  voice: 'Call',
  push: 'Push',
  telegram: 'Telegram',
} satisfies Record<PageBody['channel'], string>

export const isChannel = (channel: string): channel is PageBody['channel'] => Object.hasOwn(names, channel)

/** How a channel is called; e-mail for what is not known, which was all there was at first. */
export const channelName = (channel: string): string => (isChannel(channel) ? names[channel] : 'E-mail')
