/** The one style sheet of the hosted pages; no request leaves the machine. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1c1f26;--soft:#626a79;--line:#dfe3ea;--paper:#fff;--back:#f3f5f9;--key:#3b4fd8;
--key-ink:#fff;--warn:#8a5300;--warn-back:#fff4dc;--bad:#b3261e;--bad-back:#fdecea;--good:#17663a;--good-back:#e4f5ea}
@media (prefers-color-scheme:dark){:root{--ink:#eceff5;--soft:#a2abbd;--line:#343b49;--paper:#1c212b;--back:#12151c;
--key:#8494ff;--key-ink:#0d1020;--warn:#ffd58a;--warn-back:#3a2d10;--bad:#ffb4ab;--bad-back:#43201d;--good:#9be3b6;--good-back:#15351f}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.banner{background:var(--warn-back);color:var(--warn);text-align:center;padding:10px 16px;font-size:14px;font-weight:600}
main{max-width:920px;margin:48px auto;padding:0 16px}
main.narrow{max-width:600px}
.card{background:var(--paper);border:1px solid var(--line);border-radius:16px;overflow:hidden}
.split{display:grid;grid-template-columns:1fr 1fr}
.side{padding:36px}
.side+.side{border-left:1px solid var(--line)}
h1{font-size:20px;margin:0 0 4px}
h2{font-size:16px;margin:4px 0 20px}
.soft{color:var(--soft);font-size:14px;margin:0}
.price{font-size:40px;font-weight:700;letter-spacing:-.02em;margin:20px 0 0;line-height:1.15}
.price small{font-size:16px;font-weight:500;color:var(--soft);letter-spacing:0}
dl{margin:28px 0 0;border-top:1px solid var(--line)}
dl div{display:flex;justify-content:space-between;gap:16px;padding:12px 0;border-bottom:1px solid var(--line)}
dt{color:var(--soft);white-space:nowrap}
dd{margin:0;text-align:right;overflow-wrap:anywhere}
.total{font-weight:700}
label{display:block;font-size:14px;font-weight:600;margin-bottom:6px}
input,select{width:100%;font:inherit;color:inherit;background:var(--back);border:1px solid var(--line);border-radius:10px;padding:11px 14px;margin-bottom:18px}
input[readonly]{color:var(--soft)}
button,.button{display:block;width:100%;font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer;
border-radius:10px;padding:12px 16px;border:1px solid var(--line);background:var(--paper);color:var(--ink);margin-top:12px}
button.key,.button.key{background:var(--key);border-color:var(--key);color:var(--key-ink)}
button:focus-visible,.button:focus-visible,input:focus-visible,select:focus-visible,a:focus-visible{outline:3px solid var(--key);outline-offset:2px}
.note{border-radius:10px;padding:12px 14px;font-size:14px;margin:0 0 18px}
.bad{background:var(--bad-back);color:var(--bad)}
.good{background:var(--good-back);color:var(--good)}
.tag{display:inline-block;border-radius:99px;padding:2px 10px;font-size:13px;font-weight:600;background:var(--good-back);color:var(--good);white-space:nowrap}
.tag.off{background:var(--back);color:var(--soft)}
.tag.warn{background:var(--warn-back);color:var(--warn)}
.inline{margin-top:20px;border-top:1px solid var(--line);padding-top:16px}
.inline button{margin-top:0}
.inline .soft{margin-bottom:12px}
dl+.inline{margin-top:0;border-top:0;padding-top:0}
dl+.soft{margin-top:16px}
h1,h2,.price{overflow-wrap:anywhere}
.head>div{min-width:0}
.head{display:flex;justify-content:space-between;align-items:start;gap:12px}
.item{padding:28px 36px;border-bottom:1px solid var(--line)}
.item dl{margin:16px 0}
.foot{padding:20px 36px}
a{color:var(--key)}
@media (max-width:680px){main{margin:20px auto}.split{grid-template-columns:1fr}.side,.item,.foot{padding:22px}
.side+.side{border-left:0;border-top:1px solid var(--line)}.price{font-size:34px}}
`;
