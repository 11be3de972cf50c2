/**
 * The looks of all messages. `--a` is the accent and `--o` what stands on it, `--b` the background and `--t` the text,
 * `--r` the corners, `--s` the colour scheme. In few spaces: no tool shortens it. `c` is the card with its position, `i`
 * what scrolls in it, `w` its words, `x` closes; `f` is a field, `g` its options, `e` what is wrong with it; `b` is a button, `d` a
 * code, `n` the time left, `l` the ends of a scale, `s` small print, `y` the thanks.
 */
export const styles = `:host{all:initial!important;display:contents!important}
*{box-sizing:border-box;margin:0;padding:0;border:0;font:inherit;color:inherit}
.c{position:fixed;z-index:2147483647;display:flex;width:420px;max-width:calc(100vw - 24px);max-height:calc(100dvh - 24px);overflow:hidden;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;text-align:start;overflow-wrap:anywhere;color-scheme:var(--s);accent-color:var(--a);color:var(--t);background-color:var(--b);border:1px solid rgb(128 128 128/.2);border-radius:min(var(--r),28px);box-shadow:0 16px 56px rgb(0 0 0/.24)}
.centre{inset:0;margin:auto;height:fit-content;width:460px}
.centre::backdrop{background:rgb(12 14 18/.55)}
.corner{bottom:12px;right:12px}
.top,.bottom{inset:0 0 auto;width:auto;max-width:none;border-radius:0;border-width:0 0 1px;box-shadow:0 2px 20px rgb(0 0 0/.14)}
.bottom{inset:auto 0 0;border-width:1px 0 0}
.i{flex:1;display:flex;flex-direction:column;gap:16px;padding:32px 28px 28px;overflow:auto}
.centre .i{padding:44px 40px 36px}
.top .i,.bottom .i{flex-flow:wrap;align-items:center;justify-content:center;gap:8px 20px;padding:10px 64px}
.w{display:grid;gap:8px}
.top .w,.bottom .w{display:block}
h2{font-size:22px;line-height:1.25;font-weight:680;letter-spacing:-.015em;text-wrap:balance;padding-inline-end:16px}
.centre h2{font-size:26px}
.top h2,.bottom h2{display:inline;font-size:17px;padding-inline-end:10px}
.top h2+p,.bottom h2+p{display:inline}
.i>*{max-width:100%}
.top form,.bottom form{width:420px}
p{white-space:pre-line}
form,.f{display:grid;gap:18px;min-width:0}
.f{gap:6px}
label,legend{font-size:15px;font-weight:560}
legend{margin-bottom:6px}
.f>input,select{width:100%;min-height:48px;padding:10px 14px;font-size:16px;background-color:var(--b)}
.f>input,select,.p label{border:1px solid var(--t);border-color:color-mix(in srgb,var(--t) 52%,var(--b))}
.f>input,select,.p label,.b,.d{border-radius:min(var(--r),14px)}
.f>[aria-invalid=true]{box-shadow:0 0 0 1px var(--t)}
.g{display:grid;gap:4px}
.g label{display:flex;gap:12px;align-items:start;min-height:44px;padding:10px 0;font-weight:400}
.g input{flex:none;width:22px;height:22px}
.p{display:flex;flex-wrap:wrap;gap:6px}
.p label{flex:1 0 auto;min-width:44px;max-width:100%;position:relative;forced-color-adjust:none;align-items:center;justify-content:center;padding:8px;text-align:center;cursor:pointer}
.n10 label{min-width:18%}
.n11 label{min-width:max(44px,14%)}
.p input{position:absolute;inset:0;width:100%;height:100%;appearance:none;border-radius:inherit;cursor:pointer}
.p :checked{background-color:var(--a)}
.p :checked+span{color:var(--o)}
.p span{position:relative;pointer-events:none}
.e{font-size:14px;font-weight:600}
.e:empty{display:none}
.e::before{content:"\\26A0\\FE0E  "}
.l{display:flex;margin-top:-10px;justify-content:space-between;gap:16px;font-size:14px}
.s{font-size:13px;line-height:1.5}
.n{font-variant-numeric:tabular-nums;font-weight:600}
.y{font-size:18px;padding-block:12px;padding-inline-end:16px}
button,.b{cursor:pointer;min-height:44px}
.b{display:flex;align-items:center;justify-content:center;padding:12px 26px;font-weight:620;line-height:1.25;text-align:center;text-decoration:none;color:var(--o);background-color:var(--a)}
.d{display:flex;align-items:center;gap:8px;padding:4px 4px 4px 18px;border:1.5px dashed}
code{flex:1;font:600 16px ui-monospace,Menlo,Consolas,monospace;letter-spacing:.06em;user-select:all;min-width:0}
.d button{padding:8px 16px;font-weight:620;text-decoration:underline;text-underline-offset:3px;background:none}
.x{position:absolute;top:8px;inset-inline-end:8px;width:44px;height:44px;font-size:28px;line-height:1;background-color:var(--b);border-radius:50%}
.top .x,.bottom .x{top:13px}
:focus-visible{outline:3px solid var(--t);outline-offset:2px}
[tabindex]{outline:0!important}
.b:hover,.x:hover,.p label:hover{filter:brightness(.94)}
@media(max-width:600px){.centre .i,.i{padding:32px 20px 24px}.top .i,.bottom .i{gap:6px 8px;padding:10px 52px 12px 16px;justify-content:start}.d{padding-inline-start:12px}}
@media(prefers-reduced-motion:no-preference){.c{animation:c .28s ease-out}@keyframes c{from{opacity:0;transform:translateY(14px)}}}
@media print{.c{display:none}}`
