/** The design's tokens and the few classes that public pages use, both schemes; one constant, so that the policy can name its hash. */
export const CSS = `@font-face{font-family:Geist;src:url(/fonts/geist.woff2) format("woff2");font-weight:100 900;font-display:swap}
:root{color-scheme:light dark;--surface:light-dark(#fff,#0e1416);--hover:light-dark(#eef2f4,#192024);--line-soft:light-dark(#e6eaec,#1b2226);--line:light-dark(#d8dde0,#272f33);--line-strong:light-dark(#b7bfc3,#3f4a4f);--line-control:light-dark(#828d91,#667278);--text:light-dark(#151d21,#e9edef);--text-2:light-dark(#475257,#aeb7bc);--text-3:light-dark(#5e6a6f,#8e999e);--accent:light-dark(#046972,#63d7dd);--accent-solid:light-dark(#037a84,#2bb3b9);--accent-line:light-dark(#9dd3d5,#18575c);--up:light-dark(#026a3b,#6ed797);--up-solid:light-dark(#34a062,#51ac78);--up-soft:light-dark(#e6f8eb,#13231b);--up-line:light-dark(#a4dab5,#275239);--warn:light-dark(#855204,#f7be58);--warn-solid:light-dark(#c97d03,#f0b135);--warn-soft:light-dark(#fef3dd,#2a1f0f);--warn-line:light-dark(#f0cb88,#6a4c1d);--down:light-dark(#b91b25,#fc9491);--down-solid:light-dark(#c7181d,#ea3c3f);--down-soft:light-dark(#feefef,#341819);--down-line:light-dark(#fcbfbe,#833735);--maint:light-dark(#4e51b1,#adb3fd);--maint-solid:light-dark(#676dd4,#8086e9);--maint-soft:light-dark(#f1f2fe,#1e1f34);--maint-line:light-dark(#c9cef7,#474a7d);--idle:light-dark(#586064,#9da6ab);--idle-solid:light-dark(#7f888c,#727c81);--idle-soft:light-dark(#edf1f3,#1f2629);--idle-line:light-dark(#ccd2d5,#40494e)}
[data-theme=light]{color-scheme:light}[data-theme=dark]{color-scheme:dark}
*,*::before,*::after{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--surface);color:var(--text);font:400 14px/20px Geist,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-feature-settings:"tnum";-webkit-font-smoothing:antialiased;overflow-wrap:anywhere}
h1,h2,h3,p,ul,ol,hr{margin:0;padding:0}ul,ol{list-style:none}p{text-wrap:pretty}a{color:inherit;text-decoration:none}svg{display:block;flex:none;width:14px;height:14px}
button,select{font:inherit;color:inherit}.v{position:absolute;width:0;height:0}
.lnk{color:var(--accent);text-decoration:underline;text-decoration-color:var(--accent-line);text-underline-offset:3px}.lnk:hover{text-decoration-color:currentColor}
:focus-visible{outline:2px solid var(--accent-solid);outline-offset:2px;border-radius:4px}
.t3{color:var(--text-3)}.up{color:var(--up)}.warn{color:var(--warn)}.down{color:var(--down)}.maint{color:var(--maint)}.idle{color:var(--idle)}
.top,main{max-width:864px;margin:0 auto;padding-inline:24px}
.top{display:flex;align-items:center;height:88px}.lg{display:flex;align-items:center;gap:10px;font-size:16px;font-weight:600;letter-spacing:-.01em;min-width:0}.lg img{height:28px;max-width:200px;object-fit:contain}
.hero{border-radius:12px;padding:24px;display:grid;grid-template-columns:36px minmax(0,1fr);gap:4px 14px;border:1px solid}.hero svg{width:32px;height:32px;grid-row:1/3;margin-top:1px}
.hero h1{font-size:28px;line-height:34px;font-weight:600;letter-spacing:-.022em;color:var(--text);text-wrap:balance}.hero p{color:var(--text-2)}
.hero.up,.pill.up{background:var(--up-soft);border-color:var(--up-line);--k:var(--up-soft)}.hero.warn,.pill.warn{background:var(--warn-soft);border-color:var(--warn-line);--k:var(--warn-soft)}.hero.down,.pill.down{background:var(--down-soft);border-color:var(--down-line);--k:var(--down-soft)}.hero.maint,.pill.maint{background:var(--maint-soft);border-color:var(--maint-line);--k:var(--maint-soft)}.hero.idle,.pill.idle{background:var(--idle-soft);border-color:var(--idle-line);--k:var(--idle-soft)}
h1{font-size:20px;line-height:28px;font-weight:600;letter-spacing:-.015em}h2{font-size:16px;line-height:24px;font-weight:600;letter-spacing:-.01em}
.sec{margin-top:40px}.hd{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 10px;margin-bottom:10px}.hd span{font-size:13px;color:var(--text-3)}
.note{margin-top:16px;padding:9px 12px;border:1px solid var(--idle-line);border-radius:6px;background:var(--idle-soft);color:var(--text-2);font-size:13px}
.box{border:1px solid var(--line);border-radius:8px}.box>*+*{border-top:1px solid var(--line-soft)}
.cmp{padding:14px 16px 12px}.r1{display:flex;flex-wrap:wrap;align-items:center;gap:0 10px;margin-bottom:9px}.r1 b,summary b{font-weight:550;min-width:0}
.st{display:inline-flex;align-items:center;gap:6px;white-space:nowrap;font-weight:550;font-size:13px;margin-left:auto}
.set{flex-basis:100%;font-size:12px;line-height:16px;color:var(--text-3)}
.ub{display:flex;align-items:flex-end;gap:2px;height:32px}.ub hr{flex:1;min-width:1px;height:64%;border:0;background:var(--up-solid);border-radius:1px}
.ub .w{height:82%;background:var(--warn-solid)}.ub .d{height:100%;background:var(--down-solid)}.ub .m,.key .m{background:repeating-linear-gradient(135deg,var(--maint-solid) 0 2px,var(--maint-soft) 2px 4px)}.ub .n{height:3px;background:var(--idle-solid)}
.r3{display:flex;justify-content:space-between;gap:8px;font-size:12px;line-height:20px;color:var(--text-3);margin-top:5px}
summary{display:flex;flex-wrap:wrap;align-items:center;gap:0 10px;padding:14px 16px;cursor:pointer;list-style:none}summary::-webkit-details-marker{display:none}summary>svg{color:var(--text-3)}[open]>summary>svg{rotate:90deg}
details .cmp{padding-left:42px;border-top:1px solid var(--line-soft)}
.key{display:flex;gap:4px 14px;flex-wrap:wrap;padding:10px 16px;font-size:12px;color:var(--text-2)}.key span{display:inline-flex;gap:6px;align-items:center}.key i{width:9px;height:7px;border-radius:2px;background:var(--up-solid)}.key .w{height:9px;background:var(--warn-solid)}.key .d{height:12px;background:var(--down-solid)}.key .m{height:9px}.key .n{height:3px;background:var(--idle-solid)}
.inc{border:1px solid var(--line);border-radius:12px;margin-top:16px}.inc header{padding:18px 24px 14px;display:grid;gap:8px}.inc .ft{margin:0}
.mt{display:flex;gap:6px 14px;flex-wrap:wrap;font-size:13px;color:var(--text-2);align-items:center}.mt b{font-weight:550}
.pill{display:inline-flex;align-items:center;gap:5px;height:20px;padding:0 7px 0 5px;border-radius:999px;font-size:12px;line-height:1;font-weight:550;white-space:nowrap;border:1px solid}.pill svg{width:12px;height:12px}
.us{padding:0 24px 8px}.us li,.day{display:grid;grid-template-columns:112px minmax(0,1fr);gap:0 16px;padding:14px 0;border-top:1px solid var(--line-soft);line-height:22px}
.us time{display:flex;flex-direction:column;font-size:13px;color:var(--text-3)}.us b{font-weight:600;display:block}.us p,.day p{white-space:pre-line}
.day>time{color:var(--text-3);font-size:13px}.day p{color:var(--text-2)}.day h2,.day h3{font-size:14px;line-height:22px;font-weight:550;letter-spacing:0;display:flex;gap:8px;align-items:center}.day a:hover{text-decoration:underline}.day p+h2,.day p+h3{margin-top:10px}
.more{padding-top:14px;border-top:1px solid var(--line-soft)}
.ft{max-width:816px;margin:48px auto 0;display:flex;flex-wrap:wrap;gap:10px 20px;align-items:center;padding-block:24px 40px;border-top:1px solid var(--line-soft);font-size:13px;color:var(--text-2)}.ft form{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.ft select,.ft button{height:32px;border:1px solid var(--line-control);border-radius:6px;background:var(--surface);padding:0 6px;max-width:100%}.ft button{padding:0 10px;border-color:var(--line-strong);font-weight:500;cursor:pointer}.ft button:hover{background:var(--hover)}.ft .t3{margin-left:auto}
.none{min-height:100vh;display:grid;place-items:center;padding:24px}.none div{max-width:440px;display:grid;gap:12px}.none h1{font-size:28px;line-height:34px;font-weight:600;letter-spacing:-.022em}.none p{color:var(--text-2)}.none .t3{font:13px/20px "Geist Mono",ui-monospace,Menlo,Consolas,monospace;color:var(--text-3)}
@media(max-width:912px){.ft{margin-inline:24px}}
@media(max-width:760px){.top,main{padding-inline:16px}.ft{margin-inline:16px}.ft .t3{margin-left:0}.top{height:72px}.hero{padding:20px 16px}.hero h1{font-size:24px;line-height:30px}.ub hr:nth-child(-n+45){display:none}.w9::before{content:"45 days ago"}.w9 span{display:none}.us li,.day{grid-template-columns:minmax(0,1fr)}.us time{flex-direction:row;gap:10px}.inc header,.us{padding-inline:16px}}
@media(pointer:coarse){.ft select,.ft button{height:44px;font-size:16px}.ft .lnk{padding-block:12px}}
@media print{.ft form{display:none}.box,.inc,.day{break-inside:avoid}}
`
