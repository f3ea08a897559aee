// What a demo has beside the chat: a bar that moves the business's clock, and the pane of what staff would see. Loaded in demo alone.
(() => {
  'use strict';

  const words = {
    en: {
      title: 'Demo', clock: 'The bot’s clock', quarter: '+15 min', day: '+1 day', week: '+1 week', next: 'Next event', fresh: 'Fresh demo',
      moving: 'The clock is moving…', starting: 'A fresh demo is being made…', failed: 'That did not work. The bot’s log says why.',
      held: 'The clock stands: something cannot be sent at the moment. The bot’s log says why.',
      begin: 'Get the checklist, say yes to tips and offers, then move the clock.', idle: 'Nothing waits for a customer.',
      due: (what, when) => `Next: ${what} on ${when}`, daily: 'daily automations', before: (what, when) => ` Before that: ${what} on ${when}.`,
      QuietHours: time => `, quiet hours until ${time}`, Cap: () => ', enough messages for now',
      Talking: () => ', a person is talking with the customer', Busy: () => ', the customer is in another conversation',
      admin: 'Admin chat', about: 'What staff see in Telegram: new contacts, unsubscriptions, trouble. You are the owner here: write /help.',
      askAdmin: 'Write to the admin chat', send: 'Write', list: 'Customers from a CSV file',
      sure: 'Begin anew?', lost: 'All that this demo knows is deleted: chats, contacts, the clock’s time.', yes: 'Begin anew', no: 'Keep it',
    },
    ru: {
      title: 'Демо', clock: 'Часы бота', quarter: '+15 мин', day: '+1 день', week: '+1 неделя', next: 'К событию', fresh: 'Начать заново',
      moving: 'Часы идут…', starting: 'Готовлю новое демо…', failed: 'Не получилось. Почему — в журнале бота.',
      held: 'Часы остановились: что-то сейчас не отправляется. Почему — в журнале бота.',
      begin: 'Получите чек-лист, согласитесь на советы и акции, затем переведите часы.', idle: 'Сообщений в очереди нет.',
      due: (what, when) => `Дальше: ${what}, ${when}`, daily: 'ежедневные автоматизации', before: (what, when) => ` До этого: ${what}, ${when}.`,
      QuietHours: time => `, тихие часы до ${time}`, Cap: () => ', сообщений пока достаточно',
      Talking: () => ', с клиентом говорит сотрудник', Busy: () => ', клиент занят другим разговором',
      admin: 'Чат администратора', about: 'Что видят сотрудники в Telegram: новые контакты, отписки, неполадки. Здесь вы — владелец: напишите /help.',
      askAdmin: 'Написать в чат администратора', send: 'Написать', list: 'Клиенты из файла CSV',
      sure: 'Начать заново?', lost: 'Всё, что знает это демо, удалится: переписка, контакты, время на часах.', yes: 'Начать заново', no: 'Оставить',
    },
  };

  const language = document.documentElement.lang;
  const timeZone = document.documentElement.dataset.zone;
  const canBeginAnew = document.currentScript.dataset.fresh !== undefined;
  const say = words[language] ?? words.en;
  const wide = matchMedia('(min-width: 760px)');
  const every = 2000;

  let isBusy = false;
  let last = '0';         // The last line of the admin chat that is shown.
  let unseen = 0;

  const element = (name, attributes = {}, ...inside) => {
    const made = document.createElement(name);
    Object.assign(made, attributes);
    made.append(...inside);
    return made;
  };

  const show = (at, options) => new Date(at).toLocaleString(language, { timeZone, ...options });
  const time = at => show(at, { hour: '2-digit', minute: '2-digit' });
  const moment = at => show(at, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

  // ---- The clock

  const now = element('time', { id: 'now' });
  const what = element('p', { id: 'what' });
  what.setAttribute('role', 'status');
  const moves = element('div', { id: 'moves' },
    ...[['quarter', { advance: 'PT15M' }], ['day', { advance: 'P1D' }], ['week', { advance: 'P7D' }], ['next', { to: 'next' }]]
      .map(([name, order]) => button(say[name], () => move(order))));
  moves.setAttribute('role', 'group');
  moves.setAttribute('aria-label', say.clock);
  const bar = element('section', { id: 'demo' },
    element('div', { className: 'line' },
      element('div', { id: 'time' }, element('h2', {}, say.title), element('p', {}, element('span', {}, `${say.clock}: `), now)), moves),
    what);
  bar.setAttribute('aria-label', say.title);

  function button(label, onclick, className = '') {
    return element('button', { type: 'button', className, onclick }, label);
  }

  // What has not changed is not said again by a screen reader.
  function tell(text) {
    if (what.textContent !== text) what.textContent = text;
  }

  function tellClock(clock) {
    now.dateTime = clock.now;
    now.textContent = show(clock.now, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
    const [first] = clock.waits;
    if (first) {
      const why = first.reason ? say[first.reason](time(first.until)) : '';
      const isSooner = clock.next && Date.parse(clock.next) < Date.parse(first.until);
      tell(`${say.due(first.what, moment(first.until))}${why}.${isSooner ? say.before(say.daily, moment(clock.next)) : ''}`);
    } else {
      // Before the first contact a newcomer needs to know what to do; afterwards, what comes.
      const isNew = last === '0';
      tell(isNew ? say.begin : clock.next ? `${say.idle} ${say.due(say.daily, moment(clock.next))}.` : say.idle);
    }
  }

  async function post(path, body) {
    return fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  }

  async function move(order) {
    if (isBusy) return;
    busy(true);
    tell(say.moving);
    let problem = '';
    try {
      const answer = await post('/demo/clock', order);
      problem = answer.ok || answer.status === 409 ? '' : answer.status === 503 ? say.held : say.failed;
    } catch {
      problem = say.failed;
    }
    busy(false);
    await refresh();
    if (problem) tell(problem);
  }

  function busy(is) {
    isBusy = is;
    bar.setAttribute('aria-busy', String(is));
  }

  // ---- A fresh demo

  const ask = element('dialog', { id: 'ask' }, element('h2', { id: 'sure' }, say.sure), element('p', {}, say.lost),
    element('div', {}, button(say.no, () => ask.close()), button(say.yes, beginAnew, 'fresh')));
  ask.setAttribute('aria-labelledby', 'sure');

  // The chat comes back by itself, finds that it is not known any more, and begins anew; this pane with it.
  async function beginAnew() {
    ask.close();
    busy(true);
    tell(say.starting);
    try {
      const answer = await post('/demo/fresh', {});
      if (!answer.ok) throw new Error(answer.status);
      sessionStorage.removeItem('waiting');
    } catch {
      busy(false);
      tell(say.failed);
    }
  }

  // ---- The admin chat

  const count = element('span', { id: 'count', hidden: true });
  const lines = element('div', { id: 'lines', tabIndex: 0 }, element('p', {}, say.about));
  lines.setAttribute('role', 'log');
  lines.setAttribute('aria-label', say.admin);
  const command = element('input', { type: 'text', maxLength: 4096, autocomplete: 'off', placeholder: '/help' });
  command.setAttribute('aria-label', say.askAdmin);
  const form = element('form', { onsubmit: askAdmin }, command, element('button', { type: 'submit' }, say.send));
  const list = element('input', { type: 'file', id: 'list', accept: '.csv,text/csv', onchange: sendList });
  const lists = element('label', { className: 'list' }, say.list, list);
  const details = element('details', { open: wide.matches, ontoggle: seen }, element('summary', {}, say.admin, count), lines, form, lists);
  const admin = element('aside', { id: 'admin' }, details);
  admin.setAttribute('aria-label', say.admin);

  function seen() {
    if (details.open) unseen = 0;
    count.hidden = unseen === 0;
    count.textContent = unseen;
  }

  // As plain text: staff's own links and bold are Telegram's to draw.
  function addLine({ id, at, html, buttons, file }) {
    last = id;
    unseen++;
    const text = new DOMParser().parseFromString(html, 'text/html').body.textContent;
    const link = file ? [element('a', { href: `/demo/admin/files/${id}`, download: file }, file)] : [];
    showLine(element('article', {}, element('time', { dateTime: at }, moment(at)), text, ...link,
      ...buttons.filter(one => one.press).map(one => button(one.label, () => tellAdmin({ press: one.press })))));
  }

  function showLine(line) {
    lines.append(line);
    lines.scrollTop = lines.scrollHeight;
  }

  async function askAdmin(event) {
    event.preventDefault();
    const text = command.value.trim();
    if (!text) return;
    command.value = '';
    showLine(element('article', { className: 'own' }, text));
    if (!await tellAdmin({ text })) command.value = text;
  }

  async function sendList() {
    const [file] = list.files;
    if (!file) return;
    showLine(element('article', { className: 'own' }, `/import ${file.name}`));
    await sendToAdmin({ 'Content-Type': 'text/csv' }, file);
    list.value = '';
  }

  // The answer comes as a line, a moment later.
  function tellAdmin(act) {
    return sendToAdmin({ 'Content-Type': 'application/json' }, JSON.stringify(act));
  }

  async function sendToAdmin(headers, body) {
    try {
      const answer = await fetch('/demo/admin', { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(answer.status);
      setTimeout(refresh, 200);
      return true;
    } catch {
      tell(say.failed);
      return false;
    }
  }

  // ---- Page

  async function refresh() {
    if (isBusy || document.hidden) return;
    try {
      const [clock, news] = await Promise.all([fetch('/demo/clock'), fetch(`/demo/admin?after=${last}`)]);
      if (!clock.ok || !news.ok) return;
      const [told, { lines: added }] = await Promise.all([clock.json(), news.json()]);
      added.forEach(line => { if (BigInt(line.id) > BigInt(last)) addLine(line); });
      if (added.length) seen();
      if (!isBusy) tellClock(told);
    } catch {
      // The bot is away; the chat says so and tries again, and so does this.
    }
  }

  if (canBeginAnew) moves.append(button(say.fresh, () => ask.showModal(), 'fresh'));
  document.body.prepend(bar);
  document.body.append(admin, ask);
  document.addEventListener('visibilitychange', refresh);
  setInterval(refresh, every);
  refresh();
})();
