import { foldSpace, isLigature } from './page-semantics';

/* Functions of this file run inside the page's isolated world: what a control that shows only an icon is called by who made it. */

/**
 * Name of a control without words, by its icon (class of an icon font, file of a picture, `<use>` of a sprite), or else by its own id and
 * classes, as far as these are words that icons stand for. '' when nothing says what it is.
 */
export function iconName(element: Element): string {
  const said: [RegExp, string][] = [
    [/^(play|play[_-]?(arrow|circle|btn|button|fill)|resume)$/, 'Play'],
    [/^(pause|pause[_-]?(circle|btn))$/, 'Pause'],
    [/^stop$/, 'Stop'],
    [/^(next|step-?forward|skip-?next|right|navigate_?next|arrow_?forward)$/, 'Next'],
    [/^(prev|previous|backward|step-?backward|rewind|left|navigate_?before|arrow_?back)$/, 'Previous'],
    [/^(plus|add|increase|increment)$/, 'Add'],
    [/^(minus|subtract|decrease|decrement)$/, 'Less'],
    [/^(times|close|xmark|cross|dismiss|cancel)$/, 'Close'],
    [/^(bars|menu|hamburger|burger|navicon)$/, 'Menu'],
    [/^(trash|delete|remove|bin|rubbish|dustbin)$/, 'Delete'],
    [/^(edit|pen|pencil|rename)$/, 'Edit'],
    [/^(heart|like|thumbs-?up|thumb-?up)$/, 'Like'],
    [/^(dislike|thumbs-?down|thumb-?down)$/, 'Dislike'],
    [/^(star|favou?rite)$/, 'Star'],
    [/^(bookmark|pin|flag)$/, 'Bookmark'],
    [/^(search|magnifier|magnify|magnifying|find)$/, 'Search'],
    [/^(moon|dark|night|dark_?mode|darkmode)$/, 'Dark mode'],
    [/^(sun|light_?mode|lightmode)$/, 'Light mode'],
    [/^(theme|palette)$/, 'Theme'],
    [/^(cog|gear|settings|preferences)$/, 'Settings'],
    [/^(shuffle|random|dice)$/, 'Shuffle'],
    [/^(repeat|loop)$/, 'Repeat'],
    [/^(refresh|reload|sync|rotate)$/, 'Refresh'],
    [/^(undo)$/, 'Undo'],
    [/^(redo)$/, 'Redo'],
    [/^(volume|mute|speaker|sound)$/, 'Sound'],
    [/^(fullscreen|maximize|enlarge)$/, 'Full screen'],
    [/^(copy|clipboard|clone)$/, 'Copy'],
    [/^(download)$/, 'Download'],
    [/^(upload)$/, 'Upload'],
    [/^(share)$/, 'Share'],
    [/^(send|paper-?plane)$/, 'Send'],
    [/^(print|printer)$/, 'Print'],
    [/^(check|tick|done|complete)$/, 'Done'],
    [/^(cart|basket|shopping)$/, 'Cart'],
    [/^(user|profile|account)$/, 'Account'],
    [/^(bell|notifications?)$/, 'Notifications'],
    [/^(calendar)$/, 'Calendar'],
    [/^(home|house)$/, 'Home'],
    [/^(question|help|info|hint|lightbulb)$/, 'Help'],
    [/^(filter|funnel)$/, 'Filter'],
    [/^(sort)$/, 'Sort'],
    [/^(eye|show|reveal)$/, 'Show'],
    [/^(comments?|chat|message)$/, 'Comments'],
    [/^(reply)$/, 'Reply'],
    [/^(forward)$/, 'Forward'],
    [/^(archive)$/, 'Archive'],
    [/^(logout|signout)$/, 'Sign out'],
    [/^(progress|seek|seekbar|timeline|scrubber|track)$/, 'Progress'],
    [/^(speed)$/, 'Speed'],
    [/^(zoom)$/, 'Zoom'],
    [/^(up|top|chevron-?up)$/, 'Up'],
    [/^(down|chevron-?down|caret|expand|collapse|toggle|dropdown|accordion)$/, 'Open'],
  ];
  const meaning = (label: string): string => {
    const parts = label.replace(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase();
    const joined = said.find(([pattern]) => pattern.test(parts));
    if (joined) return joined[1];
    const words = parts.split(/[^a-z]+/).filter((word) => word !== '');
    // A control that is called after more than two things is called by none of them.
    if (words.length > 4) return '';
    for (const word of words) {
      const found = said.find(([pattern]) => pattern.test(word));
      if (found) return found[1];
    }
    return '';
  };
  const family =
    /^(?:fa[srlbd]?|bi|icon|icons|lucide|mdi|ti|ri|pi|glyphicon|feather|ion|oi|las?|uil|bx[sl]?|ph|octicon|i)-+(.+)$/i;
  const style =
    /^(?:solid|regular|light|thin|brands|fw|lg|sm|xs|[0-9]+x|spin|pulse|icon|icons|fill|line|outline)$/i;
  // A picture that the style puts in its place: `content: url(reply.png)`.
  const painted = (icon: Element): string[] => {
    if (foldSpace(icon.textContent ?? '') !== '') return [];
    const { content, backgroundImage, maskImage } = getComputedStyle(icon);
    return [content, backgroundImage, maskImage].flatMap(
      (value) => /([^/"'()]+)\.(?:svg|png|gif|webp|jpe?g)["')?#]/i.exec(value)?.[1] ?? [],
    );
  };
  const icons = [element, ...element.querySelectorAll('i, svg, use, img, span, b')].slice(0, 12);
  for (const icon of icons) {
    const file = /([^/#?]+?)(?:\.(?:svg|png|gif|webp|jpe?g))?(?:[?#].*)?$/i.exec(
      icon.getAttribute('src') ?? '',
    )?.[1];
    const sprite = /#(.+)$/.exec(icon.getAttribute('href') ?? icon.getAttribute('xlink:href') ?? '')?.[1];
    const named = ['data-icon', 'data-lucide', 'data-feather', 'icon', 'name', 'data-testid']
      .map((name) => (icon === element && name === 'name' ? '' : (icon.getAttribute(name) ?? '')))
      .map((value) => value.replace(/^.*:/, ''));
    const classes = [...icon.classList].flatMap((name) => {
      const part = family.exec(name)?.[1];
      return part === undefined || style.test(part) ? [] : [part];
    });
    const ligature = isLigature(icon) ? foldSpace(icon.textContent ?? '') : '';
    const drawn = icon === element && icon.localName !== 'img' ? [] : [file ?? ''];
    for (const label of [...named, ...classes, ligature, ...drawn, sprite ?? '', ...painted(icon)]) {
      const found = label === '' ? '' : meaning(label);
      if (found !== '') return found;
    }
  }
  // Classes that say where something stands or how it looks (`right-0`, `dark:text-white`, `float-right`), as style sheets of small classes have.
  const looks =
    /[:[\]/!@]|^-?(?:float|pull|push|text|font|align|justify|items|self|content|border|rounded|inset|sticky|fixed|absolute|relative|position|offset|order|col|row|[mp][tblrxyse]?|top|right|bottom|left|start|end|rotate|translate|scale|skew|origin|bg|fill|stroke|ring|shadow|from|via|to|[zwhd]|min|max|gap|space|divide|object|cursor|transition|duration|ease|delay|animate|snap|scroll|flex|grid|link|hover|focus|active|group)-/i;
  // One picture for the light and one for the dark: what they stand on switches between these.
  const ofTheme = [...element.querySelectorAll('svg, i, img, span')].map(
    (icon) => icon.getAttribute('class') ?? '',
  );
  if (
    ofTheme.some((name) => /(^|\s)dark:(hidden|scale-0|opacity-0)/.test(name)) &&
    ofTheme.some((name) => /(^|\s)dark:(block|inline|flex|scale-100|opacity-100)/.test(name))
  )
    return 'Dark mode';
  const own = [element.id, element.getAttribute('name') ?? '', element.getAttribute('data-action') ?? ''];
  const classes = [...element.classList].filter((name) => !looks.test(name));
  for (const label of [...own, ...classes]) {
    const found = label === '' || label.length > 30 ? '' : meaning(label);
    if (found !== '') return found;
  }
  // The word that an icon font makes a picture of says more than nothing.
  const [drawn] = icons.filter(isLigature).map((icon) => foldSpace(icon.textContent ?? '').split('_'));
  return drawn === undefined || drawn.length > 3
    ? ''
    : drawn.join(' ').replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

/**
 * What one of many like things without words is, by the class that they share: a seat, a cell, a colour. '' when there are fewer than
 * three, or the class is no noun for such a thing.
 */
export function kindName(element: Element): string {
  const nouns =
    /^(seat|cell|tile|square|box|block|card|colou?r|swatch|key|pad|dot|slot|day|piece|bubble|brick|hole|chip|coin|egg|gem|door|emoji|avatar|thumb|thumbnail|photo|picture|image|slide|drum|note|panel|pixel|star|mole|table|room|ball|pin|bar)s?$/;
  for (const name of element.classList) {
    const noun = name
      .toLowerCase()
      .split(/[-_]+/)
      .filter((part) => nouns.test(part))[0];
    if (noun === undefined) continue;
    const alike = element.getRootNode() as Document;
    if (alike.querySelectorAll(`.${CSS.escape(name)}`).length >= 3) return noun;
  }
  return '';
}

export const ICON_FUNCTIONS = [iconName, kindName];
