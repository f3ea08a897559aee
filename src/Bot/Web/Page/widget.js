// Puts a chat button on a page of the business: <script src="https://bot.example.com/widget.js" data-start="guide-site" async></script>
(() => {
  'use strict';

  const script = document.currentScript;
  const chat = new URL('/chat', script.src);
  if (/^[A-Za-z0-9_-]{1,64}$/.test(script.dataset.start ?? '')) chat.searchParams.set('start', script.dataset.start);
  const label = /^ru\b/.test(document.documentElement.lang || navigator.language) ? 'Чат' : 'Chat';

  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-label', label);
  button.setAttribute('aria-expanded', 'false');
  button.textContent = '💬';
  Object.assign(button.style, {
    position: 'fixed', right: '20px', bottom: '20px', width: '60px', height: '60px', border: '0', borderRadius: '50%', padding: '0',
    font: '28px/60px system-ui, sans-serif', color: '#fff', background: script.dataset.color || '#2455c9', cursor: 'pointer',
    boxShadow: '0 4px 16px rgb(0 0 0 / 30%)', zIndex: '2147483646',
  });

  let frame = null;

  function toggle(open) {
    if (open && !frame) {
      frame = document.createElement('iframe');
      frame.src = chat.href;
      frame.title = label;
      Object.assign(frame.style, {
        position: 'fixed', right: '12px', bottom: '92px', width: 'min(400px, calc(100vw - 24px))', height: 'min(640px, calc(100vh - 112px))',
        border: '0', borderRadius: '18px', boxShadow: '0 8px 40px rgb(0 0 0 / 35%)', zIndex: '2147483647', colorScheme: 'normal',
      });
      document.body.append(frame);
    }
    if (frame) frame.style.display = open ? 'block' : 'none';
    button.setAttribute('aria-expanded', String(open));
    button.textContent = open ? '✕' : '💬';
    if (open) frame.focus();
  }

  const close = () => { toggle(false); button.focus(); };
  const isOpen = () => button.getAttribute('aria-expanded') === 'true';
  button.addEventListener('click', () => toggle(!isOpen()));
  addEventListener('keydown', event => { if (event.key === 'Escape' && isOpen()) close(); });
  addEventListener('message', event => {
    if (event.source === frame?.contentWindow && event.origin === chat.origin && event.data === 'chat:close') close();
  });
  const place = () => document.body.append(button);
  if (document.body) place();
  else addEventListener('DOMContentLoaded', place);
})();
