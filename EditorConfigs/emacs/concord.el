;;; concord.el --- Concord in Emacs, through Eglot  -*- lexical-binding: t; -*-

;; For Emacs 28 or newer.  Eglot is part of Emacs from 29 on; Debian 12 has it as the package `elpa-eglot'.
;; Copy this file to ~/.emacs.d/lisp/concord.el, and put this into ~/.emacs.d/init.el:
;;
;;   (load "~/.emacs.d/lisp/concord")
;;
;; `concord' must be on the PATH.  To change something, set these before:
;;   concord-command    how to start it, default ("concord" "lsp")
;;   concord-settings   e.g. (:language "vi" :role "reviewer" :typingPause 400)

(require 'eglot)

(defvar concord-command '("concord" "lsp")
  "Program and arguments that start Concord.")

(defvar concord-settings nil
  "What Concord is told when it starts, as a property list.")

;; Emacs 28 opens JSON in the mode for JavaScript, whose server is another one.
(define-derived-mode concord-json-mode js-mode "JSON"
  "Annotation files, and every other JSON file: Concord keeps quiet about what it does not know."
  (setq-local js-indent-level 2)
  ;; Eglot asks its own way.
  (setq-local eldoc-documentation-strategy #'eldoc-documentation-compose))

(define-derived-mode concord-lines-mode concord-json-mode "JSON lines"
  "One JSON value a line."
  (setq-local truncate-lines t))

(put 'concord-json-mode 'eglot-language-id "json")
(put 'concord-lines-mode 'eglot-language-id "jsonl")

(add-to-list 'auto-mode-alist '("\\.jsonc?\\'" . concord-json-mode))
(add-to-list 'auto-mode-alist '("\\.\\(?:jsonl\\|ndjson\\)\\'" . concord-lines-mode))

(defun concord--contact (&optional _interactive)
  "How Eglot starts Concord."
  (append concord-command
          (when concord-settings (list :initializationOptions concord-settings))))

(add-to-list 'eglot-server-programs
             '((concord-json-mode concord-lines-mode) . concord--contact))

(defun concord--set-up ()
  "Start Concord for this buffer, and send every change soon: Concord waits by itself while a value is being typed."
  (setq-local eglot-send-changes-idle-time 0.1)
  (if (executable-find (car concord-command))
      (eglot-ensure)
    (message "Concord is not on the PATH: %s" (car concord-command))))

;; Modes derived from it run this, too.
(add-hook 'concord-json-mode-hook #'concord--set-up)

;; Concord finds what is meant by a synonym, without accents, or with a slip of the finger.  Emacs would throw such finds
;; away, because they don't look like what was typed; this way of completing keeps them, in Concord's order.
(defun concord--try-completion (string table predicate point)
  "The only find for STRING in TABLE under PREDICATE, else STRING with POINT as it is."
  (let ((found (all-completions "" table predicate)))
    (cond ((null found) nil)
          ((cdr found) (cons string point))
          ((equal (car found) string) t)
          (t (cons (car found) (length (car found)))))))

(defun concord--all-completions (_string table predicate _point)
  "Everything that the server found, from TABLE under PREDICATE."
  (all-completions "" table predicate))

(add-to-list 'completion-styles-alist
             '(concord concord--try-completion concord--all-completions "What Concord found."))

(defun concord--set-keys ()
  "Keys that newer versions of Eglot leave free, and Concord's own way of completing."
  (when (derived-mode-p 'concord-json-mode)
    (setq-local completion-category-overrides '((eglot (styles concord)) (eglot-capf (styles concord))))
    (local-set-key (kbd "C-c a") #'eglot-code-actions)
    (local-set-key (kbd "C-c r") #'eglot-rename)
    (local-set-key (kbd "C-c d") #'eldoc)
    (local-set-key (kbd "M-n") #'flymake-goto-next-error)
    (local-set-key (kbd "M-p") #'flymake-goto-prev-error)
    (when (fboundp 'eglot-inlay-hints-mode)
      (eglot-inlay-hints-mode 1))))

(add-hook 'eglot-managed-mode-hook #'concord--set-keys)

(provide 'concord)
;;; concord.el ends here
