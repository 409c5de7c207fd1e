/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-follow.h"
#include "plateau-sources.h"
#include "plateau-inspector.h"
#include "plateau-sidebar.h"
#include "plateau-tooltip.h"
#include "plateau-undo-keys.h"
#include "plateau-page.h"
#include "plateau-window.h"

G_BEGIN_DECLS

struct _PlateauWindow
{
  GtkApplicationWindow parent_instance;

  /* template */
  GtkWidget *header, *open_button, *add_button, *add_label, *title_label, *subtitle_label;
  GtkWidget *menu_button, *export_button, *figure_menu_button, *inspector_button, *undo_button, *redo_button;
  GtkWidget *overlay, *main_stack, *work_box, *sidebar_column, *tab_row, *tool_row, *tools_stack;
  GtkWidget *send_button, *send_label, *page_stack, *inspector_column;
  GtkWidget *drop_veil, *drop_title, *drop_text;
  GtkWidget *messages_revealer, *toast_revealer, *toast_label, *toast_button;
  GtkWidget *status_bar, *files_label, *messages_button, *messages_icon, *messages_label;
  GtkWidget *read_off_label, *job_label, *job_progress, *job_cancel;

  /* owned */
  PlateauDocument *document;
  PlateauFollow *follow;
  PlateauSources *sources;
  GSettings *settings;
  GtkWidget *first_page, *sidebar, *inspector;
  GHashTable *pages; /* id -> PlateauPage, borrowed from the stack */
  GHashTable *tabs;  /* id -> toggle button */
  GHashTable *stale; /* set of ids: the page must be refreshed before it is seen */
  char *page_id;
  guint job_source, toast_source;
  int narrow; /* 0 wide, 1 under 1200, 2 under 800 */
  gboolean roomy; /* at least 1400 pixels wide */
  gboolean show_inspector_narrow;
  gboolean files_held;
  gboolean closes_when_written;
  gboolean closes_anyway; /* though something is in the window only */
  guint inhibit_cookie, inhibit_source;
};

void _plateau_window_install_actions (GtkWidgetClass *widget_class);
void _plateau_window_update_actions (PlateauWindow *window);
void _plateau_window_saved (PlateauWindow *window, const char *path, const GError *error);
void _plateau_window_name_undo (PlateauWindow *window);
void _plateau_window_undo (PlateauWindow *window, gboolean forward);
void _plateau_window_refresh (PlateauWindow *window);
void _plateau_window_init_drop (PlateauWindow *window);
void _plateau_window_install_paste (GtkWidgetClass *widget_class);
void _plateau_window_init_status (PlateauWindow *window);
void _plateau_window_connect_status (PlateauWindow *window);
void _plateau_window_fill_figure_menu (GtkMenuButton *button, gpointer user_data);
void _plateau_window_install_export_actions (GtkWidgetClass *widget_class);
void _plateau_window_install_remedy_actions (GtkWidgetClass *widget_class);

G_END_DECLS
