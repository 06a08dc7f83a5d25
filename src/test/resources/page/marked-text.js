// The pieces of text of the document that lie under a mark.
() => {
  const marks = [...document.querySelectorAll('[data-mark]')].map((mark) => mark.getBoundingClientRect());
  const pieces = [...document.querySelectorAll('.pdf-text span')];
  const isMarked = (piece) => marks.some((mark) =>
    mark.left < piece.right && piece.left < mark.right && mark.top + mark.height / 2 > piece.top && mark.top + mark.height / 2 < piece.bottom);
  return pieces.filter((piece) => isMarked(piece.getBoundingClientRect())).map((piece) => piece.textContent).join(' ');
}
