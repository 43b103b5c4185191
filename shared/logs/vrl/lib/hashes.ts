import { hmac as nobleHmac } from '@noble/hashes/hmac.js'
import { md5 as nobleMd5, sha1 as nobleSha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js'
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js'

type Hash = (b: Uint8Array) => Uint8Array

export const md5Hash: Hash = (b) => nobleMd5(b)
export const sha1Hash: Hash = (b) => nobleSha1(b)

const sha2 = {
  'SHA-224': sha224,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
  'SHA-512/224': sha512_224,
  'SHA-512/256': sha512_256,
}
const sha3 = { 'SHA3-224': sha3_224, 'SHA3-256': sha3_256, 'SHA3-384': sha3_384, 'SHA3-512': sha3_512 }
const hmacs = { SHA1: nobleSha1, 'SHA-224': sha224, 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 }

export const sha2Variants = Object.keys(sha2)
export const sha3Variants = Object.keys(sha3)
export const hmacVariants = Object.keys(hmacs)
export const sha2Hash = (variant: string, b: Uint8Array): Uint8Array | undefined => sha2[variant as keyof typeof sha2]?.(b)
export const sha3Hash = (variant: string, b: Uint8Array): Uint8Array | undefined => sha3[variant as keyof typeof sha3]?.(b)
export function hmacHash(variant: string, key: Uint8Array, b: Uint8Array): Uint8Array | undefined {
  const hash = hmacs[variant as keyof typeof hmacs]
  return hash && nobleHmac(hash, key, b)
}
