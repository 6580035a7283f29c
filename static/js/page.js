// Every page: an error summary takes the focus, so that nobody has to look for what went wrong.
document.getElementById("error-summary")?.focus();
