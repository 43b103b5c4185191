import { ReceiptKeys } from '../../shared/notify/schema.ts'
import { receiptKeys } from '../../shared/notify/sign.ts'
import { ring } from '../../shared/seal.ts'
import { door, says } from './door.ts'

/** What anybody may know of this installation, at the places where it is looked for. RFC 8615. */
export const wellKnown = door()
  /** RFC 7517: the public keys that prove our receipts. docs/paging.md */
  .get('/tocsin-receipts.json', says('The public keys of page receipts', ReceiptKeys), async (c) => {
    c.header('cache-control', 'public, max-age=3600')
    return c.json(await receiptKeys(ring(c.env.SECRET_KEYS)))
  })
