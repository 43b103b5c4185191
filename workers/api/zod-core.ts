/**
 * All that the library of the OpenAPI document asks of `zod/v4/core`, which it loads as a whole: with it came every language's error
 * messages, a quarter of a megabyte of the Worker. wrangler.toml puts this in its place.
 */
export { toJSONSchema } from 'zod'
