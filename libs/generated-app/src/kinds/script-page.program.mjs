// The page of a script: a field for each thing that it takes, a button, and what it printed.
const { inputs } = await (await fetch('/showrunner/inputs.json')).json();
const form = document.querySelector('#run');
const fields = inputs.map(({ label, example }) => {
  const named = document.createElement('label');
  named.textContent = label;
  const input = document.createElement('input');
  input.value = example;
  named.append(input);
  return input;
});
form.prepend(...fields.map((input) => input.parentElement));
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const said = document.querySelector('#said');
  const printed = document.querySelector('#printed');
  said.textContent = 'Running …';
  const body = JSON.stringify(fields.map(({ value }) => value));
  const { output, code, ms } = await (await fetch('/showrunner/run', { method: 'POST', body })).json();
  printed.textContent = output === '' ? '(nothing was printed)' : output;
  printed.hidden = false;
  said.textContent = code === 0 ? `Finished in ${ms} ms` : `Ended with code ${code}`;
  said.className = code === 0 ? 'good' : 'bad';
});
