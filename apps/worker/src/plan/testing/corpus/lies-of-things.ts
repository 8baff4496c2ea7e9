import type { LyingApp } from './lying-pair';
import * as forms from './forms-and-lists-pages';
import * as things from './things-and-views-pages';

type Twin = Pick<LyingApp, 'page' | 'serve' | 'afterMs' | 'mustNot'>;
/** Honest ones whose words or controls no rule reads yet: they are refused. */
const NOT_YET = new Set<string>(
  'deal-saved vegetarian-only wizard-keeps vote-counted tag-added quantity-set password-changed scroll-loads language-speaks transfer-to-him assigned-to-him coupon-reckoned sidebar-folds password-shown row-moves-up'.split(
    ' ',
  ),
);

/** Apps that are asked the same: of `honest` it has to be shown, of `lying` never. */
const twins = (
  kind: string,
  intent: string,
  honest: Record<string, string | Twin>,
  lying: Record<string, string | Twin>,
): Record<string, LyingApp> =>
  Object.fromEntries(
    [honest, lying].flatMap((apps, lies) =>
      Object.entries(apps).map(([name, app]): [string, LyingApp] => [
        name,
        {
          ...(typeof app === 'string' ? { page: app } : app),
          ...{ kind, intent },
          ...(lies === 1
            ? { mustNot: (typeof app === 'string' ? undefined : app.mustNot) ?? 'any' }
            : NOT_YET.has(name)
              ? {}
              : { must: 'any' }),
        },
      ]),
    ),
  );

const OTHER = '(i+1)%3';
const LATER = (ms: number): string => `if(on)setTimeout(()=>set(false),${ms});`;

/** Claims about one thing of many, about what the browser does, and about what lasts. */
export const LIES_OF_THINGS: Record<string, LyingApp> = {
  ...twins(
    'set and not saved',
    "Move 'New contact' to Proposal",
    { 'deal-saved': forms.deals('deal.c=stage') },
    { 'deal-save-drops': forms.deals(''), 'deal-saves-another': forms.deals('all[1].c=stage') },
  ),
  ...twins(
    'plays another',
    'Play Roads',
    { 'song-plays': forms.songs('i') },
    { 'song-another': forms.songs(OTHER) },
  ),
  ...twins(
    'another place',
    'Choose seat B3',
    { 'seat-taken': forms.seats('i') },
    { 'seat-of-the-neighbour': forms.seats('i+1') },
  ),
  ...twins(
    'filter by a check box',
    'Show only the vegetarian dishes',
    { 'vegetarian-only': forms.dishes("tag==='Vegetarian'") },
    {
      'vegetarian-and-ham': forms.dishes("tag==='Vegetarian'||name==='Smoked ham'"),
      'vegetarian-less-one': forms.dishes("tag==='Vegetarian'&&name!=='Leek tart'"),
    },
  ),
  ...twins(
    'filter by buttons',
    'Show only Vegetarian',
    { 'chips-filter': forms.chips('tag===want') },
    {
      'chips-leave-another': {
        page: forms.chips("tag===want||name==='Smoked ham'"),
        mustNot: 'any Vegetarian',
      },
      'chips-hide-one': { page: forms.chips("tag===want&&name!=='Leek tart'"), mustNot: 'any Vegetarian' },
    },
  ),
  ...twins(
    'another lane',
    'Move Oil the winch to Doing',
    { 'lane-dropped': forms.lanes('at') },
    { 'lane-next': forms.lanes('Math.min(2,at+1)') },
  ),
  ...twins(
    'copied in words',
    'Copy the invite link',
    {
      'copied-by-clipboard': forms.invite("await navigator.clipboard.writeText($('#u').value)"),
      'copied-by-selection': forms.invite("$('#u').select();document.execCommand('copy')"),
    },
    {
      'copied-nothing': forms.invite(''),
      'copied-empty': forms.invite("await navigator.clipboard.writeText('')"),
    },
  ),
  ...twins(
    'downloaded in words',
    'Export the ledger as CSV',
    {
      'download-of-a-blob': forms.ledger(
        "const a=document.createElement('a');a.href=URL.createObjectURL(new Blob(['Boat,Fee']));a.download='ledger.csv';a.click()",
      ),
      'download-from-the-server': {
        page: forms.ledger(
          "const a=document.createElement('a');a.href='/ledger.csv';a.download='ledger.csv';a.click()",
        ),
        serve: ({ path }) =>
          path === '/ledger.csv'
            ? { status: 200, type: 'text/csv', body: 'Boat,Fee\nAlbatross,40\n' }
            : undefined,
      },
    },
    {
      'download-nothing': forms.ledger(''),
      'download-refused': {
        page: forms.ledger("fetch('/ledger.csv').then((r)=>r.blob())"),
        serve: ({ path }) =>
          path === '/ledger.csv' ? { status: 500, type: 'text/plain', body: 'no' } : undefined,
      },
    },
  ),
  ...twins(
    'pressed view',
    'Switch to the grid view',
    { 'grid-laid-out': forms.gallery("$('#w').className=grid?'grid':''") },
    { 'grid-pressed-alone': forms.gallery('') },
  ),
  ...twins(
    'step lost',
    "Set up a workspace called 'Harbour' with the plan Team",
    { 'wizard-keeps': forms.wizard('got[1]') },
    { 'wizard-loses-plan': forms.wizard("'Free'") },
  ),
  ...twins(
    'another counted',
    'Vote for Tuesday',
    { 'vote-counted': forms.poll('i') },
    { 'vote-for-another': forms.poll(OTHER) },
  ),
  ...twins(
    'tag of another',
    "Add the tag 'urgent' to 'Mend the net'",
    { 'tag-added': forms.tags('i') },
    { 'tag-of-another': forms.tags(OTHER) },
  ),
  ...twins(
    'quantity of another',
    'Set the quantity of Rope to 3',
    { 'quantity-set': forms.basket('i') },
    { 'quantity-of-another': forms.basket(OTHER) },
  ),
  ...twins(
    'changed in words',
    "Change the password from 'old-anchor-1' to 'blue-anchor-9'",
    { 'password-changed': { page: forms.password, serve: forms.answering('/password', 200) } },
    { 'password-refused': { page: forms.password, serve: forms.answering('/password', 422) } },
  ),
  ...twins(
    'saved over a refusal',
    "Change the signature to 'Fair winds' and save",
    { 'signature-saved': { page: forms.signature, serve: forms.settingsKeeper(200) } },
    { 'signature-refused': { page: forms.signature, serve: forms.settingsKeeper(500) } },
  ),
  ...twins(
    'taken back late',
    "Pin 'School wins the regatta'",
    { 'pin-stays': forms.pins('') },
    {
      'pin-gone-in-three': forms.pins(LATER(3400)),
      'pin-of-another': forms.pins(
        'set(false);document.querySelectorAll(".p")[(i+1)%3].textContent="📌 pinned";',
      ),
      'pin-refused-late': {
        page: forms.pins("fetch('/pin',{method:'POST'}).then((r)=>{if(!r.ok)set(false);});"),
        serve: forms.answering('/pin', 500),
        afterMs: 4000,
      },
    },
  ),
  ...twins(
    'endless list',
    'Scroll down to load more',
    { 'scroll-loads': forms.scrolled('add()') },
    { 'scroll-waits': forms.scrolled(''), 'scroll-repeats': forms.scrolled('n=0;add()') },
  ),
  ...twins(
    'another undone',
    'Remove Tomato soup from the list and then undo it',
    { 'undo-brings-back': forms.bins('all.splice(gone[1],0,gone[0])') },
    { 'undo-brings-another': { page: forms.bins("all.push('Bread rolls')"), mustNot: 'any Undo' } },
  ),
  ...twins(
    'counted and not found',
    "Search for 'soup'",
    { 'search-by-button': forms.finder("$$('li').forEach((li)=>(li.hidden=!hit(li)))") },
    {
      'search-counts-alone': forms.finder(''),
      'search-lights-up': forms.finder("$$('li').forEach((li)=>(li.style.background=hit(li)?'gold':''))"),
    },
  ),
  ...twins(
    'language of a select',
    'Switch the language to Deutsch',
    {
      'language-speaks': forms.tongue(
        "$('#h').textContent=w[0];$('#p').textContent=w[1];$('#b').textContent=w[2]",
      ),
    },
    { 'language-chosen-alone': forms.tongue('') },
  ),
  ...twins(
    'file dropped',
    'Upload a file',
    { 'file-kept': { page: forms.files, serve: forms.fileKeeper(true) } },
    { 'file-dropped': { page: forms.files, serve: forms.fileKeeper(false) } },
  ),
  ...twins(
    'first page again',
    'Go to page 2',
    { 'second-page': things.pages('at*3') },
    { 'first-page-again': things.pages('0') },
  ),
  ...twins(
    'sorted otherwise',
    'Sort by price',
    { 'price-sorted': things.fees('x.fee-y.fee') },
    {
      'price-sorts-names': things.fees('x.name<y.name?-1:1'),
      'price-as-text': things.fees('String(x.fee)<String(y.fee)?-1:1'),
    },
  ),
  ...twins(
    'another gets it',
    'Transfer 50 to Bo Dahl',
    { 'transfer-to-him': things.bank('i') },
    { 'transfer-to-another': things.bank(OTHER) },
  ),
  ...twins(
    'another chosen',
    "Assign 'Fix the pump' to Bo Dahl",
    { 'assigned-to-him': things.assign('at') },
    { 'assigned-to-another': things.assign('at%3+1') },
  ),
  ...twins(
    'copied instead of renamed',
    "Rename 'Draft' to 'Final'",
    { 'name-changed': things.names('all[i]=x') },
    { 'name-of-a-copy': things.names('all.push(x)'), 'name-of-another': things.names('all[1]=x') },
  ),
  ...twins(
    'all instead of one',
    'Complete Call the harbour',
    { 'chore-done': things.chores('') },
    { 'chores-all-done': things.chores('all.forEach((o)=>(o.checked=b.checked))') },
  ),
  ...twins(
    'the opposite',
    'Accept the invitation from Bo Dahl',
    { 'invitation-accepted': things.invitations("end(i,'Accepted ✓')") },
    {
      'invitation-declined': things.invitations("end(i,'Declined')"),
      'invitation-of-another': things.invitations("end(1-i,'Accepted ✓')"),
    },
  ),
  ...twins(
    'another folder',
    'Archive Tide warning',
    { 'letter-archived': things.letters('archive') },
    { 'letter-thrown-away': things.letters('trash') },
  ),
  ...twins(
    'label of the zoom alone',
    'Zoom in',
    { 'zoom-enlarges': things.zoom("m.style.transform='scale('+z/100+')'") },
    { 'zoom-label-alone': things.zoom('') },
  ),
  ...twins(
    'applied in words',
    "Apply the coupon 'SAVE10'",
    { 'coupon-reckoned': things.coupon("$('#t').textContent='72.00 €';") },
    { 'coupon-said-alone': things.coupon('') },
  ),
  ...twins(
    'answer to another',
    "Reply 'Agreed' to Bo",
    { 'reply-under-it': things.comments('i') },
    { 'reply-under-another': things.comments(OTHER) },
  ),
  ...twins(
    'folded in name',
    'Collapse the sidebar',
    { 'sidebar-folds': things.sidebar("$('#a').hidden=!open") },
    { 'sidebar-arrow-alone': things.sidebar('') },
  ),
  ...twins(
    'shown in name',
    'Show the wifi password',
    { 'password-shown': things.eye("$('#p').type=on?'text':'password'") },
    { 'password-eye-alone': things.eye('') },
  ),
  ...twins(
    'another direction',
    'Move Paint the hull up',
    { 'row-moves-up': things.order('i-1') },
    { 'row-moves-down': things.order('i+1') },
  ),
  ...twins(
    'full in name',
    'Read in full screen',
    { 'full-screen': things.reader("await $('#r').requestFullscreen()") },
    { 'full-screen-said': things.reader('') },
  ),
  ...twins(
    'number of another row',
    'Set the quantity of Salt to 4',
    { 'salt-ordered': things.provisions('i') },
    { 'salt-for-tea': things.provisions(OTHER) },
  ),
};
