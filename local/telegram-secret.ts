// `npm run -s telegram-secret -- "$SECRET_KEYS"`: what Telegram's setWebhook is given as secret_token. docs/paging.md
import { argv } from 'node:process'
import { ring, secretFor } from '../shared/seal.ts'

console.log(await secretFor(ring(argv[2] ?? ''), 'telegram-webhook'))
