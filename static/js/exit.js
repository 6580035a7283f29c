// “Exit this page” works as a link. Here it also leaves no way back to the page, and listens to the Escape key.
const exit = document.querySelector(".exit");
let pressed = [];

function leave() {
  document.body.hidden = true;
  location.replace(exit.href);
}

exit?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

// Three times within two seconds, so that nobody leaves who only wanted to close something.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  pressed = [...pressed.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
  if (pressed.length >= 3) leave();
});
