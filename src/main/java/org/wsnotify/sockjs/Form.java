package org.wsnotify.sockjs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.wsnotify.form.MalformedFormException;
import org.wsnotify.form.UrlEncodedForm;

/** Decodes URL-encoded text of clients. Asking the container for a parameter would read the body too. */
final class Form {

    private static final Pattern CALLBACK = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

    private Form() {}

    /**
     * Returns the first value of a name.
     *
     * @param form null for none
     * @throws MalformedFormException any part of the form is malformed
     */
    static Optional<String> value(String form, String name) {
        List<String> values = new ArrayList<>(1);
        if (form != null) {
            UrlEncodedForm.read(form, (field, value) -> {
                if (values.isEmpty() && field.equals(name)) {
                    values.add(value);
                }
            });
        }
        return values.stream().findFirst();
    }

    /** Returns whether a name is safe as a callback: it becomes part of a script. */
    static boolean isCallback(String name) {
        return CALLBACK.matcher(name).matches();
    }
}
