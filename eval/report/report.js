// Shows only the failed questions of the chosen step and kind.
const choices = [...document.querySelectorAll("[data-filter]")];
function choose() {
  for (const failure of document.querySelectorAll(".failure")) {
    failure.hidden = choices.some(
      (choice) => choice.value && failure.dataset[choice.dataset.filter] !== choice.value,
    );
  }
}
for (const choice of choices) choice.addEventListener("change", choose);
