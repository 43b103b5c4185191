import { programs } from './vrl-programs.ts'

/** Runs inside workerd: `/none` does nothing, `/load` compiles a program, `/run?program=…&events=…` transforms so many lines, text to text. */
export default {
  async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url)
    if (url.pathname === '/none') return new Response('0')
    const { compile, parseJson } = await import('../shared/logs/vrl/index.ts')
    const { program: source, line } = programs[(url.searchParams.get('program') ?? 'reference program') as keyof typeof programs]
    const compiled = compile(source)
    if ('diagnostics' in compiled) return new Response(compiled.diagnostics[0]?.message, { status: 500 })
    let bytes = 0
    for (let i = 0; i < Number(url.searchParams.get('events') ?? 0); i++) {
      const outcome = compiled.program.run(parseJson(line(i)), { at: 1_760_000_000_000 })
      if (!('ok' in outcome)) return new Response(JSON.stringify(outcome), { status: 500 })
      bytes += JSON.stringify(outcome.event).length
    }
    return new Response(String(bytes))
  },
}
