/** What every request passes on its way in, and the pages that are no files. */
package org.wsnotify.servlet;
