// The page of an API: a card for each call, with what was answered.
const { calls } = await (await fetch('/showrunner/calls.json')).json();

function element(tag, text, className = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

function field(label, input) {
  const made = element('label', label);
  made.append(input);
  return made;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

for (const { method, path, title, body } of calls) {
  const card = element('form', '', 'card');
  card.setAttribute('aria-label', title);
  const where = element('input', '');
  where.value = path;
  const what = body === null ? null : element('textarea', pretty(body));
  if (what !== null) what.rows = Math.min(8, what.value.split('\n').length);
  const send = element('button', title);
  const said = element('output', '');
  const answer = element('pre', '');
  answer.hidden = true;
  const head = element('h2', '');
  head.append(element('span', method, `method ${method.toLowerCase()}`), ` ${title}`);
  card.append(head, field(`Path of “${title}”`, where));
  if (what !== null) card.append(field(`Body of “${title}”`, what));
  card.append(send, said, answer);
  card.addEventListener('submit', async (event) => {
    event.preventDefault();
    said.textContent = '';
    const sent = what === null ? {} : { body: what.value, headers: { 'content-type': 'application/json' } };
    try {
      const response = await fetch(where.value, { method, ...sent });
      answer.textContent = pretty(await response.text()) || '(no content)';
      said.textContent = `${response.status} ${response.statusText}`.trim();
      said.className = response.ok ? 'good' : 'bad';
    } catch {
      answer.textContent = '';
      said.textContent = 'The API did not answer.';
      said.className = 'bad';
    }
    answer.hidden = answer.textContent === '';
  });
  document.querySelector('#calls').append(card);
}
