/** Why a body is not taken; index.ts has the status of each, and a wire may have its own words for it. */
export type Reason = 'too-large' | 'busy' | 'encoding' | 'media-type' | 'unreadable'

/** Thrown while a body is read or decoded: nothing of it is stored. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly reason: Reason
  constructor(reason: Reason, message: string) {
    super(message)
    this.reason = reason
  }
}

export const tooLarge = () => new Refused('too-large', 'payload reached size limit')
