import express from 'express';

const recipes = [
  {
    id: 1,
    title: 'Tomato tart',
    minutes: 45,
    course: 'Main',
    note: 'Best with the tomatoes of August.',
    favourite: true,
  },
  {
    id: 2,
    title: 'Lentil soup',
    minutes: 35,
    course: 'Main',
    note: 'A squeeze of lemon at the end.',
    favourite: false,
  },
  {
    id: 3,
    title: 'Plum cake',
    minutes: 60,
    course: 'Dessert',
    note: 'Grandmother halves the sugar.',
    favourite: true,
  },
  {
    id: 4,
    title: 'Green salad',
    minutes: 10,
    course: 'Starter',
    note: 'Dress it at the table.',
    favourite: false,
  },
  {
    id: 5,
    title: 'Rice pudding',
    minutes: 40,
    course: 'Dessert',
    note: 'Cinnamon, and patience.',
    favourite: false,
  },
];

const app = express();
app.use(express.json());
app.use(express.static(new URL('public', import.meta.url).pathname));
app.get('/api/recipes', (request, response) => response.json(recipes));
app.post('/api/recipes', (request, response) => {
  const { title, minutes, course, note } = request.body ?? {};
  if (typeof title !== 'string' || title.trim() === '')
    return response.status(400).json({ error: 'A recipe needs a title.' });
  const recipe = {
    id: recipes.length + 1,
    title: title.trim(),
    minutes: Number(minutes) || 30,
    course: String(course ?? 'Main'),
    note: String(note ?? ''),
    favourite: false,
  };
  recipes.unshift(recipe);
  response.status(201).json(recipe);
});
app.post('/api/recipes/:id/favourite', (request, response) => {
  const recipe = recipes.find(({ id }) => id === Number(request.params.id));
  if (recipe === undefined) return response.status(404).json({ error: 'There is no such recipe.' });
  recipe.favourite = !recipe.favourite;
  response.json(recipe);
});
app.listen(Number(process.env.PORT) || 3000, '0.0.0.0');
