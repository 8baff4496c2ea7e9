export const people = [
  {
    id: 'mara',
    name: 'Mara Lindqvist',
    team: 'Design',
    role: 'Product designer',
    about: 'Draws every screen twice before she opens a tool.',
  },
  {
    id: 'tom',
    name: 'Tom Okafor',
    team: 'Engineering',
    role: 'Backend engineer',
    about: 'Keeps the search fast and the tests faster.',
  },
  {
    id: 'yuki',
    name: 'Yuki Sato',
    team: 'Engineering',
    role: 'Frontend engineer',
    about: 'Cares about the last pixel and the first second.',
  },
  {
    id: 'lena',
    name: 'Lena Novak',
    team: 'Support',
    role: 'Support lead',
    about: 'Answers before the question is finished.',
  },
  {
    id: 'omar',
    name: 'Omar Haddad',
    team: 'Design',
    role: 'Illustrator',
    about: 'Draws the birds on the error pages.',
  },
  {
    id: 'rosa',
    name: 'Rosa Marin',
    team: 'Support',
    role: 'Onboarding',
    about: 'Shows new customers around, in four languages.',
  },
];
