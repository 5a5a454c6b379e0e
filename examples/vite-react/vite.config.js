// Vite reads JSX by itself; the relative base lets the built page stand in any folder.
export default { base: './', oxc: { jsx: { runtime: 'automatic' } } };
