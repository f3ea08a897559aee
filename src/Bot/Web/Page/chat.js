// The chat's page. What is shown comes from the bot's log in the order of its ids; what the customer says is repeated under one id
// until the bot acknowledges it, so that a bad connection neither loses nor doubles anything.
(() => {
  'use strict';

  const words = {
    en: {
      about: 'Usually answers at once', you: 'You', text: 'Message', send: 'Send', phone: 'Your phone number', log: 'Conversation',
      typing: 'Typing', lost: 'No connection. What you write is sent as soon as it is back.', tabs: 'The chat is open in too many tabs.',
      busy: 'Too many visitors right now. One moment, please.', slow: 'A little slower, please: it will be sent in a moment.',
      long: 'This message is too long.', gone: 'This button no longer works.', empty: 'This message is empty.',
    },
    ru: {
      about: 'Обычно отвечает сразу', you: 'Вы', text: 'Сообщение', send: 'Отправить', phone: 'Ваш телефон', log: 'Переписка',
      typing: 'Печатает', lost: 'Нет связи. Всё, что вы напишете, уйдёт, как только она появится.', tabs: 'Чат открыт в слишком многих вкладках.',
      busy: 'Сейчас много посетителей. Минуту, пожалуйста.', slow: 'Чуть медленнее, пожалуйста: сейчас отправится.',
      long: 'Это сообщение слишком длинное.', gone: 'Эта кнопка больше не действует.', empty: 'Это сообщение пустое.',
    },
  };

  const $ = id => document.getElementById(id);
  const framed = window.parent !== window;
  const timeZone = document.documentElement.dataset.zone;   // The reader's own, unless the page says otherwise.
  const spoken = document.documentElement.dataset.languages.split(' ');
  const own = navigator.language.toLowerCase().split('-')[0];
  const language = spoken.includes(own) ? own : spoken[0];
  const say = words[language] ?? words.en;
  const tooManyTabs = 4029;

  let socket = null;      // The open connection, once it is greeted.
  let trying = false;
  let failures = 0;
  let retry = 0;
  let last = 0n;          // The last line of the log that is shown.
  let inFlight = null;    // The one message that waits for its acknowledgement: so they keep their order.
  let waiting = load();   // All that are not acknowledged; they outlive a reload.

  // ---- Connection

  async function connect() {
    if (trying || socket || !navigator.onLine) return;
    trying = true;
    clearTimeout(retry);
    try {
      const answer = await fetch(`/chat/session${framed ? '?framed=1' : ''}`, { method: 'POST', signal: AbortSignal.timeout(15000) });
      if (answer.status === 429) show(say.busy);
      if (!answer.ok) throw new Error(answer.status);
      if ((await answer.json()).new && last > 0n) return location.reload();
      open();
    } catch {
      again();
    }
  }

  function open() {
    const mine = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/chat/socket`);
    let pulse = 0;
    let silence = setTimeout(() => end(), 15000);
    const end = code => {
      if (!mine.onclose) return;
      mine.onclose = mine.onmessage = mine.onopen = null;
      clearInterval(pulse);
      clearTimeout(silence);
      mine.close();
      socket = inFlight = null;
      show(code === tooManyTabs ? say.tabs : say.lost);
      typing(false);
      again();
    };
    mine.onopen = () => mine.send(JSON.stringify({ type: 'hello', after: String(last), language: navigator.language }));
    mine.onclose = event => end(event.code);
    mine.onmessage = event => {
      clearTimeout(silence);
      silence = setTimeout(() => end(), 45000);
      const frame = JSON.parse(event.data);
      if (frame.type === 'welcome') {
        [socket, trying, failures] = [mine, false, 0];
        pulse = setInterval(() => mine.send('{"type":"ping"}'), 20000);
        show('');
      }
      frames[frame.type]?.(frame);
    };
    connection.end = end;
  }

  const connection = { end: null };

  function again() {
    trying = false;
    clearTimeout(retry);
    const wait = Math.min(15000, 400 * 2 ** failures++) * (0.75 + Math.random() / 2);
    retry = setTimeout(connect, wait);
    if (failures > 1 && !$('banner').textContent) show(say.lost);
  }

  function show(text) {
    $('banner').textContent = text;
    $('banner').hidden = !text;
  }

  addEventListener('offline', () => { show(say.lost); connection.end?.(); });
  addEventListener('online', () => { failures = 0; connect(); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) { failures = 0; connect(); } });

  // ---- What the bot says

  const frames = {
    welcome(frame) {
      frame.used.forEach(removeButtons);
      greet(frame.empty);
      next();
    },
    message(frame) {
      const id = BigInt(frame.id);
      if (id <= last) return;
      last = id;
      showDay(frame.at);
      if (frame.client) {
        forget('pending', frame.client);
        if (isShown(frame.text)) place($('log'), bubble(frame, true));
      } else {
        typing(false);
        place($('log'), bubble(frame, false));
        if (frame.contact !== undefined) askContact(frame.contact);
      }
    },
    ack(frame) { done(frame.id); },
    refused(frame) {
      notice(say[frame.reason]);
      forget('pending', frame.id);
      done(frame.id);
    },
    slow(frame) {
      notice(say.slow);
      setTimeout(() => { if (inFlight === frame.id) { inFlight = null; next(); } }, frame.wait);
    },
    notice(frame) { typing(false); notice(frame.text); },
    used(frame) { removeButtons(frame.message); },
    edited(frame) {
      const words = document.querySelector(`[data-line="${CSS.escape(frame.message)}"] .bubble .words`);
      if (words) words.replaceChildren(safe(frame.html));
    },
  };

  let day = '';

  // Between two lines of different days stands the date of the later one.
  function showDay(at) {
    const name = new Date(at).toLocaleDateString(language, { day: 'numeric', month: 'long', timeZone });
    if (day && day !== name) place($('log'), element('p', 'day', name));
    day = name;
  }

  function bubble(frame, isOwn) {
    const message = element('article', isOwn ? 'message own' : 'message');
    if (frame.id) message.dataset.line = frame.id;
    const body = element('div', 'bubble');
    body.append(element('span', 'hidden', `${isOwn ? say.you : document.title}: `));
    if (frame.file) body.append(file(frame));
    if (isOwn) body.append(frame.text);
    else if (frame.html) {
      const words = element('span', 'words');
      words.append(safe(frame.html));
      body.append(words);
    }
    const time = element('time', '', new Date(frame.at).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', timeZone }));
    time.dateTime = new Date(frame.at).toISOString();
    body.append(time);
    message.append(body);
    if (frame.buttons) message.append(buttons(frame));
    return message;
  }

  function file(frame) {
    const link = element('a', 'file');
    link.href = `/chat/files/${frame.id}`;
    link.download = frame.file.name;
    if (frame.file.picture) {
      const image = element('img');
      [image.src, image.alt] = [link.href, frame.file.name];
      link.append(image);
    } else {
      const icon = $('send').firstElementChild.cloneNode(true);
      icon.firstElementChild.setAttribute('d', 'M6 2h8l4 4v16H6zM14 2v4h4M12 10v8m-3-3 3 3 3-3');
      link.append(icon, element('span', '', frame.file.name));
    }
    return link;
  }

  // The bot's HTML is safe already; the page builds of it what it knows and nothing else.
  const allowed = new Set(['B', 'STRONG', 'I', 'EM', 'U', 'S', 'CODE', 'PRE', 'A']);

  function safe(html) {
    const copy = from => {
      const to = document.createDocumentFragment();
      for (const node of from.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (!allowed.has(node.tagName)) { to.append(copy(node)); continue; }
        const made = element(node.tagName);
        if (node.tagName === 'A') address(made, node.getAttribute('href'));
        made.append(copy(node));
        to.append(made);
      }
      return to;
    };
    const fragment = copy(new DOMParser().parseFromString(html, 'text/html').body);
    linkify(fragment);
    return fragment;
  }

  // Bare addresses are links and commands can be tapped, as they are in Telegram.
  function linkify(fragment) {
    const texts = [];
    const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (!walker.currentNode.parentElement?.closest('a, code, pre')) texts.push(walker.currentNode);
    for (const text of texts) {
      const parts = text.data.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]|(?<=^|[\s(])\/[a-z][a-z0-9_]{0,31}(?![\w/-]))/);
      if (parts.length > 1) {
        text.replaceWith(...parts.map((part, at) => at % 2 === 0 ? part : part[0] === '/' ? command(part) : address(element('a', '', part), part)));
      }
    }
  }

  function command(text) {
    const button = element('button', 'command', text);
    button.type = 'button';
    button.onclick = () => write(text);
    return button;
  }

  function address(link, href) {
    if (/^(https?:\/\/|mailto:|tel:)/i.test(href ?? '')) [link.href, link.target, link.rel] = [href, '_blank', 'noopener noreferrer'];
    return link;
  }

  function buttons(frame) {
    const all = element('div', 'buttons');
    for (const row of frame.buttons) {
      const line = element('div', 'row');
      for (const { label, data, url, copy } of row) {
        if (url) {
          line.append(address(element('a', '', label), url));
          continue;
        }
        const button = element('button', '', label);
        button.type = 'button';
        if (copy) {
          button.onclick = async () => { if (await copied(copy)) button.textContent = `✓ ${copy}`; };
          line.append(button);
          continue;
        }
        button.onclick = () => {
          enable(all, false);
          put({ type: 'press', id: newId(), message: frame.id, data, text: label });
        };
        line.append(button);
      }
      all.append(line);
    }
    return all;
  }

  // Pages that did not come over https have no clipboard; the old way still works there.
  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = element('textarea', '', text);
      document.body.append(field);
      field.select();
      const done = document.execCommand('copy');
      field.remove();
      return done;
    }
  }

  const enable = (all, on) => all.querySelectorAll('button').forEach(button => { button.disabled = !on; });

  function removeButtons(line) {
    const all = document.querySelector(`[data-line="${line}"] .buttons`);
    if (!all) return;
    const hadFocus = all.contains(document.activeElement) || document.activeElement === document.body;
    all.remove();
    if (hadFocus && matchMedia('(hover: hover)').matches) $('text').focus();
  }

  // In place of Telegram's contact button: a field, for a browser cannot vouch for a number.
  function askContact(others) {
    $('contact').hidden = !others;
    $('others').replaceChildren(...(others ?? []).map(label => {
      const button = element('button', '', label);
      button.type = 'button';
      button.onclick = () => write(label);
      return button;
    }));
    scroll();
  }

  let noticeEnd = 0;

  function notice(text) {
    $('notice').textContent = text;
    $('notice').hidden = false;
    clearTimeout(noticeEnd);
    noticeEnd = setTimeout(() => { $('notice').hidden = true; }, 5000);
  }

  let typingEnd = 0;

  function typing(on) {
    $('typing').hidden = !on;
    clearTimeout(typingEnd);
    if (on) { typingEnd = setTimeout(() => typing(false), 15000); scroll(); }
  }

  // ---- What the customer says

  function greet(isEmpty) {
    const payload = new URLSearchParams(location.search).get('start') ?? '';
    const start = /^[A-Za-z0-9_-]{1,64}$/.test(payload) ? `/start ${payload}` : '/start';
    // The first greeting has one id in all tabs. Later only a link that was opened anew says it again, not each page with the frame.
    if (isEmpty) put({ type: 'message', id: 'start', text: start });
    else if (start !== '/start' && !framed) put({ type: 'message', id: newId(), text: start });
    if (location.search) history.replaceState(null, '', location.pathname);
  }

  const isShown = text => !/^\/start\b/.test(text);
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, '0')).join('');
  const write = text => put({ type: 'message', id: newId(), text });

  function put(said) {
    if (waiting.some(other => other.id === said.id)) return;
    waiting.push({ ...said, at: Date.now() });
    save();
    pend(waiting.at(-1));
    next();
  }

  function pend(said) {
    if (!isShown(said.text)) return;
    const message = bubble({ text: said.text, at: said.at }, true);
    message.dataset.client = said.id;
    place($('pending'), message, true);
  }

  function next() {
    if (!socket || inFlight || !waiting.length) return;
    const { at, text, ...said } = waiting[0];
    inFlight = said.id;
    socket.send(JSON.stringify(said.type === 'press' ? said : { ...said, text }));
    typing(true);
  }

  function done(id) {
    if (inFlight === id) inFlight = null;
    const said = waiting.find(other => other.id === id);
    waiting = waiting.filter(other => other.id !== id);
    save();
    if (said?.type === 'press') {
      // Those that may be pressed again can be, once the answer had its time to take them away.
      const all = document.querySelector(`[data-line="${said.message}"] .buttons`);
      if (all) setTimeout(() => enable(all, true), 1000);
    }
    next();
  }

  // Older than two days the bot would no longer know that it had them.
  function load() {
    try {
      return JSON.parse(sessionStorage.getItem('waiting') ?? '[]').filter(said => Date.now() - said.at < 172800000);
    } catch {
      return [];
    }
  }

  function save() {
    try { sessionStorage.setItem('waiting', JSON.stringify(waiting)); } catch { /* Without storage they live as long as the page. */ }
  }

  // ---- Page

  function element(name, kind = '', text = '') {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
  }

  function place(to, message, always) {
    const { scrollHeight, scrollTop, clientHeight } = $('scroll');
    to.append(message);
    if (always || scrollHeight - scrollTop - clientHeight < 120) scroll();
  }

  const scroll = () => { $('scroll').scrollTop = $('scroll').scrollHeight; };
  const forget = (where, client) => { document.querySelector(`#${where} [data-client="${client}"]`)?.remove(); };

  function submit(form, field) {
    form.addEventListener('submit', event => {
      event.preventDefault();
      if (!field.value.trim()) return;
      write(field.value.trim());
      field.value = '';
      fit();
      field.focus();
    });
  }

  function fit() {
    $('text').style.height = 'auto';
    $('text').style.height = `${$('text').scrollHeight + 2}px`;
  }

  document.documentElement.lang = words[language] ? language : 'en';
  $('mark').textContent = [...document.title][0]?.toUpperCase() ?? '';
  $('about').textContent = say.about;
  $('scroll').setAttribute('aria-label', say.log);
  $('log').setAttribute('aria-label', say.log);
  $('typing').firstElementChild.textContent = say.typing;
  $('text').placeholder = $('text').labels[0].textContent = say.text;
  $('send').setAttribute('aria-label', say.send);
  $('number').labels[0].textContent = say.phone;
  $('phone').querySelector('button').textContent = say.send;
  $('text').addEventListener('input', fit);
  $('text').addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      $('composer').requestSubmit();
    }
  });
  submit($('composer'), $('text'));
  submit($('phone'), $('number'));
  if (framed) addEventListener('keydown', event => { if (event.key === 'Escape') window.parent.postMessage('chat:close', '*'); });
  waiting.forEach(pend);
  if (matchMedia('(hover: hover)').matches) $('text').focus();
  if (!navigator.onLine) show(say.lost);
  connect();
})();
